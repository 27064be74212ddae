import { createHash, type KeyObject } from 'node:crypto';
import { cancellation } from '#shared/aws/faults.ts';
import { transact } from '#shared/aws/transact.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { idFrom } from '#shared/random.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { makeGhosts } from './ghost-store.ts';
import { listedWrite, loadImport, type Progress, progressWrite } from './import-store.ts';
import { flushErrors, importWindow, Overtaken } from './import-window.ts';
import { chunksOf, FileGone, putResult, resultKey } from './intake-bucket.ts';
import { decode, isOfUpdates, type ReadLine, readLine, tagsOf } from './read-line.ts';
import { columns, widthOf } from './rules/insured-row.ts';
import { type FileLine, lineSplitter } from './rules/split-lines.ts';
import { fileTag } from './tags.ts';

const maxLineBytes = 16 * 1024;
/** Lines worked on at once: their known people are found with one read. */
const windowLines = 96;

export interface Announced {
  readonly file: string;
  readonly etag: string;
  readonly sizeBytes: number;
  /** Version of the object: the same key dropped again is another import. */
  readonly version: string;
}

/** Begins an import, or finds it begun: an announcement may come twice. */
export async function beginImport(announced: Announced, now: number): Promise<string> {
  const { file, etag, sizeBytes, version } = announced;
  const id = idFrom('import', file, version);
  const begun: Progress = {
    import: id,
    file,
    etag,
    sizeBytes,
    state: 'running',
    startedAt: new Date(now).toISOString(),
    readBytes: 0,
    lines: 0,
    imported: 0,
    updated: 0,
    unchanged: 0,
    errors: 0,
    errorsByCode: {},
    step: 1,
    place: { offset: 0, line: 1, skipping: false },
    pending: [],
    parts: 0,
  };
  await transact([progressWrite(begun), listedWrite(begun)]).catch((error: unknown) => {
    if (!cancellation(error)?.includes('ConditionalCheckFailed')) throw error;
  });
  return id;
}

interface Run {
  readonly id: string;
  readonly now: number;
  /** Whether there is time for another window; asked between windows. */
  readonly hasTime: () => boolean;
}

/**
 * Imports a file from where it stands. Answers `more` when time ran out (to be called again), else
 * `done`, every line then being accounted for in the result file, or `refused` for the whole file.
 */
export async function importFile({ id, now, hasTime }: Run): Promise<'done' | 'more' | 'refused'> {
  const progress = await loadImport(id);
  if (progress?.state !== 'running') return 'done';
  try {
    return await goOn(progress, { key: await secretMade('lookup'), now, hasTime });
  } catch (error) {
    // Whoever overtook us has the file in hand.
    if (error instanceof Overtaken) return 'done';
    if (!(error instanceof FileGone)) throw error;
    return finish({ ...progress, ...(await loadImport(id)) }, now, 'file-gone');
  }
}

async function goOn(from: Progress, run: Omit<Run, 'id'> & { key: KeyObject }) {
  const today = parisDay(run.now);
  // The pepper of the codes and what stands for nobody are made here as well: the public functions only read them.
  await secretMade('pepper');
  await makeGhosts();
  if (from.sizeBytes === 0) return finish(from, run.now, 'empty-file');
  const content = from.content ?? (await contentTag(from, run.key));
  const work = { ...run, play: { file: content, import: from.import } };
  let progress: Progress = { ...from, content };
  let window: ReadLine[] = [];
  const ofUpdates = isOfUpdates(progress.file);
  const seen = new Set<string>();
  const settle = async () => {
    progress = await importWindow(progress, window, work);
    window = [];
    seen.clear();
  };
  for await (const line of linesFrom(progress)) {
    if (line.number === 1 && !ofUpdates) {
      const width = line.bytes && widthOf(decode(line.bytes, true) ?? '');
      if (width === undefined) return finish(progress, run.now, 'bad-header');
      progress = { ...progress, width };
      continue;
    }
    const { width = columns.length } = progress;
    const read = readLine(line, { key: run.key, today, ofUpdates, width });
    if (!read) continue;
    const tags = tagsOf(read);
    if (window.length === windowLines || tags.some((tag) => seen.has(tag))) {
      await settle();
      if (!run.hasTime()) return 'more';
    }
    for (const tag of tags) seen.add(tag);
    window.push(read);
  }
  if (window.length > 0) await settle();
  return finish(progress, run.now);
}

/** One reading more of the whole file: what S3 says of its bytes is not their fingerprint once they are encrypted. */
async function contentTag(file: Progress, key: KeyObject): Promise<string> {
  const bytes = createHash('sha256');
  for await (const chunk of chunksOf(file, 0)) bytes.update(chunk);
  return fileTag(key, bytes.digest('base64url'));
}

async function* linesFrom(progress: Progress): AsyncGenerator<FileLine> {
  const splitter = lineSplitter(progress.place, maxLineBytes);
  for await (const chunk of chunksOf(progress, progress.place.offset)) yield* splitter.feed(chunk);
  yield* splitter.flush();
}

/** Writes the result, then says that the import is done: a crash between writes the same result again. */
async function finish(
  progress: Progress,
  now: number,
  reason?: string,
): Promise<'done' | 'refused'> {
  const firstErrors = progress.parts === 0 ? progress.pending : undefined;
  const flushed = await flushErrors(progress);
  const {
    step,
    etag: _etag,
    place: _place,
    pending: _pending,
    width: _width,
    content: _content,
    parts,
    ...told
  } = flushed;
  const done = {
    ...told,
    readBytes: reason ? told.readBytes : told.sizeBytes,
    state: reason ? ('refused' as const) : ('done' as const),
    ...(reason ? { reason } : {}),
    completedAt: new Date(now).toISOString(),
    result: resultKey(progress.import),
  };
  await putResult(progress.import, parts, { ...done, ...(firstErrors ? { firstErrors } : {}) });
  await transact([progressWrite({ ...flushed, ...done, step: step + 1 })]).catch(overtaken);
  return reason ? 'refused' : 'done';
}

function overtaken(error: unknown): never {
  throw cancellation(error)?.includes('ConditionalCheckFailed') ? new Overtaken() : error;
}

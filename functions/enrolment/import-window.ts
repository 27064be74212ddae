import type { KeyObject } from 'node:crypto';
import { cancellation, mayPass } from '#shared/aws/faults.ts';
import { transact } from '#shared/aws/transact.ts';
import { pause } from '#shared/pause.ts';
import { findKnown } from './import-known.ts';
import { addition, type TaggedRow, update } from './import-person.ts';
import { type Progress, progressWrite } from './import-store.ts';
import { putErrors } from './intake-bucket.ts';
import type { RowFault } from './rules/insured-row.ts';
import type { Place } from './rules/split-lines.ts';

/** A line that was read, and where reading goes on after it. */
export type ReadLine = { readonly number: number; readonly after: Place } & (
  | { readonly tagged: TaggedRow }
  | { readonly faults: readonly RowFault[] }
);

/** Another process has gone on with the same file. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** A transaction takes 100 actions; one is the import's own. */
const mostActions = 99;
const partErrors = 500;

type Action = Awaited<ReturnType<typeof addition>>[number];
interface Work {
  readonly key: KeyObject;
  readonly now: number;
}

/**
 * Takes a window of lines (no NIR twice in it): transactions of whole lines, each with the import's
 * own state, so that every line is counted once and a repeat has no effect.
 */
export async function importWindow(
  progress: Progress,
  window: readonly ReadLine[],
  work: Work,
): Promise<Progress> {
  let done = progress;
  let rest = window;
  for (let races = 0; rest.length > 0; ) {
    // After three lost races a line at a time, so that one contested person does not hold the others.
    const most = races > 3 ? 1 : rest.length;
    try {
      for await (const next of transactions(done, rest.slice(0, most), work)) {
        done = next;
        races = Math.min(races, 1);
      }
    } catch (error) {
      raced(error, races);
      await pause(races++);
    }
    rest = window.filter(({ number }) => number >= done.place.line);
  }
  return done;
}

/** Passes on what is not a lost race; the import's own action comes first. */
function raced(error: unknown, races: number): void {
  const reasons = cancellation(error);
  if (reasons?.[0] === 'ConditionalCheckFailed') throw new Overtaken();
  const lost = reasons?.some((reason) => reason === 'ConditionalCheckFailed' || mayPass(reason));
  if (!lost || races > 12) throw error;
}

async function* transactions(
  before: Progress,
  lines: readonly ReadLine[],
  work: Work,
): AsyncGenerator<Progress> {
  const planned = await plan(lines, work);
  let progress = before;
  let actions: Action[] = [];
  for (const { line, writes, outcome } of planned) {
    if (actions.length + writes.length > mostActions) {
      yield await save(progress, actions);
      progress = { ...progress, step: progress.step + 1 };
      actions = [];
    }
    progress = counted(progress, line, outcome);
    actions.push(...writes);
    if (progress.pending.length >= partErrors) progress = await flushErrors(progress);
  }
  yield await save(progress, actions);
}

async function save(progress: Progress, actions: readonly Action[]): Promise<Progress> {
  const next = { ...progress, step: progress.step + 1 };
  await transact([progressWrite(next), ...actions]);
  return next;
}

/** Writes the errors held so far as a part. Done again after a crash, it overwrites the same part. */
export async function flushErrors(progress: Progress): Promise<Progress> {
  if (progress.pending.length === 0) return progress;
  await putErrors(progress.import, progress.parts, progress.pending);
  return { ...progress, pending: [], parts: progress.parts + 1 };
}

type Outcome = 'imported' | 'updated' | 'unchanged' | 'errors';

async function plan(lines: readonly ReadLine[], work: Work) {
  const known = await findKnown(lines.flatMap((line) => ('tagged' in line ? line.tagged : [])));
  return Promise.all(
    lines.map(async (line): Promise<{ line: ReadLine; writes: Action[]; outcome: Outcome }> => {
      if ('faults' in line) return { line, writes: [], outcome: 'errors' };
      const { tagged } = line;
      const place = known(tagged);
      if ('fault' in place) {
        const { number, after } = line;
        return { line: { number, after, faults: [place.fault] }, writes: [], outcome: 'errors' };
      }
      const { found, status } = place;
      if (!place.lookup)
        return { line, writes: await addition(tagged, found, work), outcome: 'imported' };
      if (!status) return { line, writes: [], outcome: 'unchanged' };
      return { line, writes: await update(tagged, { ...found, status }, work), outcome: 'updated' };
    }),
  );
}

function counted(progress: Progress, line: ReadLine, outcome: Outcome): Progress {
  const next = {
    ...progress,
    place: line.after,
    readBytes: line.after.offset,
    lines: progress.lines + 1,
    [outcome]: progress[outcome] + 1,
  };
  if (!('faults' in line)) return next;
  const errorsByCode = { ...progress.errorsByCode };
  const pending = [...progress.pending];
  for (const { field, code } of line.faults) {
    const name = `${field}/${code}`;
    errorsByCode[name] = (errorsByCode[name] ?? 0) + 1;
    pending.push({ line: line.number, field, code });
  }
  return { ...next, errorsByCode, pending };
}

import { cancellation, mayPass } from '#shared/aws/faults.ts';
import { type Actions, transact } from '#shared/aws/transact.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { pause } from '#shared/pause.ts';
import { changed } from './import-change.ts';
import { findLookups, holdersOf, isRepeat } from './import-known.ts';
import { type Change, refusedAs, unchanged, type Work } from './import-outcome.ts';
import { addition, type TaggedRow, update } from './import-person.ts';
import { type Progress, progressWrite } from './import-store.ts';
import { putErrors } from './intake-bucket.ts';
import { loadStatuses } from './people-store.ts';
import type { ReadLine } from './read-line.ts';
import { isNobodysChild, type RowFault } from './rules/insured-row.ts';
import { type Lookups, placeOf, statusesNeeded } from './rules/place-of.ts';
import type { Status } from './stored.ts';

/** Another process has gone on with the same file. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** A transaction takes 100 actions; one is the import's own. */
const mostActions = 99;
const partErrors = 500;

type Action = Actions[number];
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
  for (const { line, writes, outcome, faults = [] } of planned) {
    if (actions.length + writes.length > mostActions) {
      yield await save(progress, actions);
      progress = { ...progress, step: progress.step + 1 };
      actions = [];
    }
    progress = counted(progress, line, { outcome, faults });
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

type Outcome = Change['outcome'];
type Planned = Change & { readonly line: ReadLine };

/** What each line comes to; of as many of them, from the first on, as concern nobody twice. */
async function plan(lines: readonly ReadLine[], work: Work): Promise<Planned[]> {
  const lookups = await findLookups(lines);
  const apart = concerningNobodyTwice(lines, lookups);
  const toRead = apart.flatMap((line) =>
    'tagged' in line ? statusesNeeded(line.tagged, lookups) : [...holdersOf(line, lookups)],
  );
  const statuses = await loadStatuses([...new Set(toRead)]);
  return Promise.all(
    apart.map(async (line): Promise<Planned> => {
      if ('faults' in line) return { line, writes: [], outcome: 'errors', faults: line.faults };
      if (isRepeat(line, lookups, work.play)) return { line, ...unchanged };
      if ('change' in line) {
        // Fingerprints of numbers and of children, each of its own kind.
        const both = new Map([...lookups.byNir, ...lookups.byGuardian]);
        const found = { lookups: both, statuses };
        return { line, ...(await changed(line.change, found, work)) };
      }
      return { line, ...(await taken(line.tagged, { lookups, statuses }, work)) };
    }),
  );
}

/**
 * Ends before a line whose person another one before it concerns, too: two numbers may lead to one person, and a
 * transaction changes him once.
 */
function concerningNobodyTwice(lines: readonly ReadLine[], lookups: Lookups): ReadLine[] {
  const met = new Set<string>();
  const apart: ReadLine[] = [];
  for (const line of lines) {
    const holders = holdersOf(line, lookups);
    // Two records are joined or parted by a transaction of their own: it writes more than what it names.
    if (apart.length > 0 && isOfTwo(line)) break;
    if ([...holders].some((holder) => met.has(holder))) break;
    for (const holder of holders) met.add(holder);
    apart.push(line);
    if (isOfTwo(line)) break;
  }
  return apart;
}

const isOfTwo = (line: ReadLine): boolean =>
  'change' in line && (line.change.op === 'merge' || line.change.op === 'split');

/** What a row comes to. */
async function taken(
  tagged: TaggedRow,
  { lookups, statuses }: { lookups: Lookups; statuses: ReadonlyMap<string, Status> },
  work: Work,
): Promise<Change> {
  const place = placeOf(tagged, lookups, statuses);
  if ('fault' in place) return refusedAs(place.fault.field, place.fault.code);
  const { found, lookup, status } = place;
  if (!lookup && isNobodysChild(tagged.row, parisDay(work.now)))
    return refusedAs('guardianNir', 'required');
  if (!lookup) return { writes: await addition(tagged, found, work), outcome: 'imported' };
  // Nobody is brought back after his death and the deletion of his record.
  const isGone = status?.status === 'deleted' && status.diedOn !== undefined;
  if (!status || isGone) return unchanged;
  return { writes: await update(tagged, { ...found, status }, work), outcome: 'updated' };
}

function counted(
  progress: Progress,
  line: ReadLine,
  { outcome, faults }: { outcome: Outcome; faults: readonly RowFault[] },
): Progress {
  const next = {
    ...progress,
    place: line.after,
    readBytes: line.after.offset,
    lines: progress.lines + 1,
    [outcome]: progress[outcome] + 1,
  };
  if (faults.length === 0) return next;
  const errorsByCode = { ...progress.errorsByCode };
  const pending = [...progress.pending];
  for (const { field, code } of faults) {
    const name = `${field}/${code}`;
    errorsByCode[name] = (errorsByCode[name] ?? 0) + 1;
    pending.push({ line: line.number, field, code });
  }
  return { ...next, errorsByCode, pending };
}

import * as z from 'zod';
import { cancellation, mayPass } from '#shared/aws/faults.ts';
import { transact } from '#shared/aws/transact.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { pause } from '#shared/pause.ts';
import { newId } from '#shared/random.ts';
import { deadlinePk, dueOf } from './due.ts';
import { duePages } from './due-store.ts';
import { append, record } from './lines.ts';
import { openWrite } from './open-write.ts';
import { loadStatus } from './person-store.ts';
import { deadlineRuns } from './rules/deadline-runs.ts';
import { endsInTime } from './rules/majority.ts';
import type { Invited } from './stored.ts';

/** What the due index shows of a person whose deadline runs: enough to open without reading him. */
const Due = z
  .object({
    dueSk: z.string(),
    version: z.int(),
    headSeq: z.int(),
    headHash: z.string(),
    department: z.string(),
    wave: z.string().optional(),
    informBy: z.enum(['mail', 'letter']),
    cohort: z.string().optional(),
    deadlineAt: z.string(),
    adultOn: z.string().optional(),
  })
  .transform(({ dueSk: holder, ...rest }) => ({ holder, ...rest }));

/** The facts an opening needs of a person. */
export type Hint = Pick<
  Invited,
  | 'holder'
  | 'version'
  | 'headSeq'
  | 'headHash'
  | 'department'
  | 'wave'
  | 'informBy'
  | 'cohort'
  | 'deadlineAt'
> & {
  /** Of a minor: the day on which he comes of age. */
  readonly adultOn?: string | undefined;
};

/** Two actions a person; a transaction takes a hundred. */
const peoplePerTransaction = 50;
const transactionsInFlight = 4;

export interface Opened {
  opened: number;
  /** Decided, frozen, not informed or changed meanwhile: nothing to open. */
  skipped: number;
  /** Contested to the end: the next run takes them. */
  left: number;
}

export interface Opening {
  readonly deadlineAt: string;
  readonly shards: readonly number[];
  /** Read anew for each transaction. */
  readonly clock: () => number;
  /** Asked before each transaction; false stops with what is done. */
  readonly goesOn?: () => boolean;
  /** Done before each transaction: keeps the lease. */
  readonly renew?: () => Promise<void>;
}

/**
 * Opens all in some shards of a passed deadline who are still invited (ENR-2). Safe beside objections,
 * beside itself and after a crash: each opening is conditional on the state it was decided on.
 * Transactions are filled across shards: few people are due in each on most nights.
 */
export async function openDue(opening: Opening): Promise<Opened> {
  const { deadlineAt, shards, clock, goesOn = () => true, renew = async () => undefined } = opening;
  const sum: Opened = { opened: 0, skipped: 0, left: 0 };
  if (Date.parse(deadlineAt) >= clock()) return sum;
  async function* chunks(): AsyncGenerator<Hint[]> {
    const waiting: Hint[] = [];
    for (const shard of shards)
      for await (const page of duePages(deadlinePk(deadlineAt, shard), Due)) {
        waiting.push(...page);
        while (waiting.length >= peoplePerTransaction) {
          if (!goesOn()) return;
          yield waiting.splice(0, peoplePerTransaction);
        }
      }
    if (waiting.length > 0 && goesOn()) yield waiting;
  }
  await inLanes(chunks(), transactionsInFlight, async (hints) => {
    await renew();
    await openAll(hints, clock(), sum);
  });
  return sum;
}

/** Opens all who are due in one shard, at an instant. */
export function openShard(one: { deadlineAt: string; shard: number; now: number }) {
  const { deadlineAt, shard, now } = one;
  return openDue({ deadlineAt, shards: [shard], clock: () => now });
}

function actionsFor(hint: Hint, now: number) {
  const { next, line } = append(hint, hint.holder, {
    id: newId(),
    at: now,
    actor: { kind: 'system', id: 'opening' },
    channel: 'clock',
    action: 'enrolment/open',
    object: record(hint, { from: 'invited', to: 'open' }),
  });
  return [openWrite(hint, next, now), journalWrite(line)];
}

/** Drops the guilty of a cancelled transaction and tries the rest: twice together, then one by one. */
async function openAll(hints: readonly Hint[], now: number, sum: Opened): Promise<void> {
  let rest = hints;
  const guilty: Hint[] = [];
  for (let round = 0; rest.length > 0 && round < 3; round++) {
    if (round > 0) await pause(round);
    const failed = await attempt(rest, now);
    if (!failed) {
      sum.opened += rest.length;
      rest = [];
      break;
    }
    guilty.push(...failed.guilty);
    rest = failed.rest;
  }
  for (const hint of [...rest, ...guilty]) sum[await openAfresh(hint, now)]++;
}

async function attempt(hints: readonly Hint[], now: number) {
  try {
    await transact(hints.flatMap((hint) => actionsFor(hint, now)));
    return undefined;
  } catch (error) {
    const reasons = cancellation(error);
    if (!reasons) throw error;
    const isGuilty = (_: Hint, at: number): boolean =>
      [reasons[2 * at], reasons[2 * at + 1]].includes('ConditionalCheckFailed');
    const guilty = hints.filter(isGuilty);
    const passes = reasons.some(mayPass);
    if (guilty.length === 0 && !passes) throw error;
    return { guilty, rest: hints.filter((hint) => !guilty.includes(hint)) };
  }
}

/** The slow path, for whom the index showed something old: reads the person himself. */
async function openAfresh({ holder }: Hint, now: number): Promise<keyof Opened> {
  for (let round = 0; round < 3; round++) {
    if (round > 0) await pause(round);
    const status = await loadStatus(holder);
    const isDue =
      status?.status === 'invited' &&
      deadlineRuns(status) &&
      endsInTime(status) &&
      Date.parse(status.deadlineAt) < now;
    if (!isDue) return 'skipped';
    const adultOn = dueOf(status)?.adultOn;
    if (!(await attempt([{ ...status, adultOn }], now))) return 'opened';
  }
  return 'left';
}

import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { actOnDue } from './act-on-due.ts';
import { dueOf } from './due.ts';
import { dueHints, type Hint } from './due-hint.ts';
import { append, record } from './lines.ts';
import { openWrite } from './open-write.ts';
import { loadStatus } from './person-store.ts';
import { deadlineRuns } from './rules/deadline-runs.ts';
import { endsInTime } from './rules/majority.ts';

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
 */
export async function openDue(opening: Opening): Promise<Opened> {
  const { deadlineAt, shards, clock, goesOn = () => true, renew = async () => undefined } = opening;
  if (Date.parse(deadlineAt) >= clock()) return { opened: 0, skipped: 0, left: 0 };
  const pages = dueHints(deadlineAt, shards);
  const { done, ...rest } = await actOnDue<Hint>({
    ...{ pages, actionsFor, readAnew, clock, goesOn, renew },
  });
  return { opened: done, ...rest };
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

async function readAnew({ holder }: Hint, now: number): Promise<Hint | undefined> {
  const status = await loadStatus(holder);
  const isDue =
    status?.status === 'invited' &&
    deadlineRuns(status) &&
    endsInTime(status) &&
    Date.parse(status.deadlineAt) < now;
  return isDue ? { ...status, adultOn: dueOf(status)?.adultOn } : undefined;
}

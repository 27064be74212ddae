import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import type { Outcome } from '#infra/local/lambda/function.ts';
import type { Mapping } from '#infra/local/template/inventory.ts';

export const StreamRecord = z.looseObject({
  eventID: z.string(),
  eventName: z.string(),
  dynamodb: z.looseObject({ SequenceNumber: z.string() }),
});
export type StreamRecord = z.infer<typeof StreamRecord>;
const Failures = z.looseObject({
  batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string() })).nullish(),
});

export interface BatchSettings {
  readonly mapping: Mapping;
  /** Invokes with these records (the windowed form where a window is set). */
  readonly invoke: (records: readonly StreamRecord[]) => Promise<Outcome>;
  /** Told of each record that is done, in order: success or given up. */
  readonly done: (last: StreamRecord) => void;
  /** Puts away a batch that failed for good. */
  readonly giveUp: (records: readonly StreamRecord[], outcome: Outcome) => Promise<void>;
  readonly stopped: () => boolean;
  readonly complain: (what: string) => void;
}

/** Longest pause between two tries; Lambda waits up to minutes, which shows nothing more at home. */
const longestPauseMs = 2000;

/**
 * Delivers records in order, as Lambda does for a stream: a batch that fails is tried again, halved
 * when the mapping says so, from the first failure on when the function names one; after the last
 * try it is put away and reading goes on.
 */
export async function deliverInOrder(
  records: readonly StreamRecord[],
  settings: BatchSettings,
  tries = 0,
): Promise<void> {
  const { mapping, done, giveUp, stopped, complain } = settings;
  const last = records.at(-1);
  if (last === undefined || stopped()) return;
  const outcome = await settings.invoke(records);
  const failedAt = firstFailure(records, outcome, mapping.reportsFailures);
  if (failedAt === undefined) return done(last);
  const before = records[failedAt - 1];
  if (before !== undefined) done(before);
  const left = records.slice(failedAt);
  complain(
    `${mapping.id}: ${outcome.ok ? 'a record failed' : `${outcome.error.errorType}: ${outcome.error.errorMessage}`}`,
  );
  if (tries >= mapping.maxRetries) {
    await giveUp(left, outcome);
    return done(last);
  }
  await wait(Math.min(longestPauseMs, 50 * 2 ** tries));
  const half = Math.ceil(left.length / 2);
  const parts =
    mapping.bisects && left.length > 1 ? [left.slice(0, half), left.slice(half)] : [left];
  for (const part of parts) await deliverInOrder(part, settings, tries + 1);
}

/** Index of the first record to deliver again, or undefined when all is done. */
export function firstFailure(
  records: readonly StreamRecord[],
  outcome: Outcome,
  reportsFailures: boolean,
): number | undefined {
  if (!outcome.ok) return 0;
  if (!reportsFailures || outcome.result === null) return undefined;
  const told = Failures.safeParse(outcome.result);
  if (!told.success) return 0;
  const failed = (told.data.batchItemFailures ?? []).map((one) => one.itemIdentifier);
  if (failed.length === 0) return undefined;
  const at = records.findIndex((record) => failed.includes(record.dynamodb.SequenceNumber));
  return at === -1 ? 0 : at;
}

import { openingShardsOf, type RemindingMessage, remindingOf } from './messages.ts';
import { remindDue } from './remind-shard.ts';
import { type Around, underLease } from './under-lease.ts';

const nothing = { done: 0, skipped: 0, left: 0 };

/** Reminds whoever is silent in some shards of a deadline, under a lease that spares double work. */
export async function remindShards(message: RemindingMessage, around: Around) {
  const { deadlineAt, part, remindDays: days } = message;
  const { clock, hasTime } = around;
  // What waited past the end would remind nobody of anything.
  if (Date.parse(deadlineAt) < clock()) return { answer: 'late' as const, counts: nothing };
  const { answer, counts = nothing } = await underLease(
    { ...remindingOf(message), part: String(part) },
    around,
    (renew) =>
      remindDue({
        ...{ deadlineAt, days, shards: openingShardsOf(part), clock, goesOn: hasTime, renew },
      }),
  );
  return { answer, counts };
}

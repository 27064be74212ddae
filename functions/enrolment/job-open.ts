import { type OpeningMessage, openingShardsOf } from './messages.ts';
import { type Opened, openDue } from './open-shard.ts';
import { type Around, underLease } from './under-lease.ts';

const nothing: Opened = { opened: 0, skipped: 0, left: 0 };

/** Opens some shards of a passed deadline, under a lease that spares double work. */
export async function openShards(
  { deadlineAt, part }: OpeningMessage,
  around: Around,
): Promise<{ answer: 'done' | 'more' | 'busy' | 'early'; counts: Opened }> {
  const { clock, hasTime } = around;
  // A message that runs ahead of this machine's clock must not mark the part as done.
  if (Date.parse(deadlineAt) >= clock()) return { answer: 'early', counts: nothing };
  const work = { kind: 'OPENING', of: deadlineAt, part: String(part) } as const;
  const shards = openingShardsOf(part);
  const { answer, counts = nothing } = await underLease(work, around, (renew) =>
    openDue({ deadlineAt, shards, clock, goesOn: hasTime, renew }),
  );
  return { answer, counts };
}

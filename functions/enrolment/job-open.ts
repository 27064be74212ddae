import { newId } from '#shared/random.ts';
import { type OpeningMessage, openingShardsOf } from './messages.ts';
import { type Opened, openShard } from './open-shard.ts';
import { finishWork, releaseWork, takeWork } from './work-store.ts';

const renewMs = 30_000;

/** Opens some shards of a passed deadline, under a lease that spares double work. */
export async function openShards(
  { deadlineAt, part }: OpeningMessage,
  { clock, hasTime }: { clock: () => number; hasTime: () => boolean },
): Promise<{ answer: 'done' | 'more' | 'busy' | 'early'; counts: Opened }> {
  const counts: Opened = { opened: 0, skipped: 0, left: 0 };
  // A message that runs ahead of this machine's clock must not mark the part as done.
  if (Date.parse(deadlineAt) >= clock()) return { answer: 'early', counts };
  const work = { kind: 'OPENING', of: deadlineAt, part: String(part) } as const;
  const token = newId();
  let takenAt = clock();
  if (!(await takeWork(work, token, takenAt))) return { answer: 'busy', counts };
  try {
    for (const shard of openingShardsOf(part)) {
      const opened = await openShard({ deadlineAt, shard, now: clock(), goesOn: hasTime });
      counts.opened += opened.opened;
      counts.skipped += opened.skipped;
      counts.left += opened.left;
      if (clock() - takenAt > renewMs) {
        takenAt = clock();
        await takeWork(work, token, takenAt);
      }
    }
  } catch (error) {
    await releaseWork(work, token, clock()).catch(() => false);
    throw error;
  }
  if (hasTime() && counts.left === 0) {
    await finishWork(work, token, clock());
    return { answer: 'done', counts };
  }
  await releaseWork(work, token, clock());
  return { answer: hasTime() ? 'done' : 'more', counts };
}

import { newId } from '#shared/random.ts';
import { type OpeningMessage, openingShardsOf } from './messages.ts';
import { type Opened, openDue } from './open-shard.ts';
import { finishWork, releaseWork, takeWork } from './work-store.ts';

const renewMs = 30_000;
const nothing: Opened = { opened: 0, skipped: 0, left: 0 };

/** Opens some shards of a passed deadline, under a lease that spares double work. */
export async function openShards(
  { deadlineAt, part }: OpeningMessage,
  { clock, hasTime }: { clock: () => number; hasTime: () => boolean },
): Promise<{ answer: 'done' | 'more' | 'busy' | 'early'; counts: Opened }> {
  // A message that runs ahead of this machine's clock must not mark the part as done.
  if (Date.parse(deadlineAt) >= clock()) return { answer: 'early', counts: nothing };
  const work = { kind: 'OPENING', of: deadlineAt, part: String(part) } as const;
  const token = newId();
  let takenAt = clock();
  if (!(await takeWork(work, token, takenAt))) return { answer: 'busy', counts: nothing };
  // Its answer does not matter: a worker that lost the lease does double work, not wrong work.
  const renew = async () => {
    if (clock() - takenAt < renewMs) return;
    takenAt = clock();
    await takeWork(work, token, takenAt);
  };
  const shards = openingShardsOf(part);
  const opening = openDue({ deadlineAt, shards, clock, goesOn: hasTime, renew });
  const counts = await opening.catch(async (error: unknown) => {
    await releaseWork(work, token, clock()).catch(() => false);
    throw error;
  });
  if (hasTime() && counts.left === 0) {
    await finishWork(work, token, clock());
    return { answer: 'done', counts };
  }
  await releaseWork(work, token, clock());
  return { answer: hasTime() ? 'done' : 'more', counts };
}

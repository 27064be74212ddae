import { anonymous, log } from '#shared/log.ts';
import { newId } from '#shared/random.ts';
import { type Done, deletePerson } from './delete-person.ts';
import { clockParts } from './due.ts';
import { dueUntil } from './due-store.ts';
import type { DeletionMessage } from './messages.ts';
import { releaseWork, takeWork } from './work-store.ts';

const renewMs = 30_000;
const most = 1000;

export type Deletions = Record<Done | 'failed', number>;
const nothing = {
  closed: 0,
  reminded: 0,
  grown: 0,
  begun: 0,
  finished: 0,
  lapsed: 0,
  told: 0,
  ended: 0,
  forgotten: 0,
  waits: 0,
  skipped: 0,
  failed: 0,
};

const acts = [
  ...(['closed', 'reminded', 'begun', 'finished', 'lapsed'] as const),
  ...(['told', 'ended', 'forgotten'] as const),
];

/**
 * Does what is due of majorities, deletions and wishes in one part of the clock's, under a lease that spares double work. A person at whom it
 * fails does not hold up the others: the next run finds him, and the alarm of the backlog rings.
 */
export async function deleteDue(
  { shard }: DeletionMessage,
  { clock, hasTime }: { clock: () => number; hasTime: () => boolean },
): Promise<{ answer: 'done' | 'more' | 'later' | 'busy'; counts: Deletions }> {
  const counts: Deletions = { ...nothing };
  const work = { kind: 'DELETION', of: 'due', part: String(shard) } as const;
  const token = newId();
  let takenAt = clock();
  if (!(await takeWork(work, token, takenAt))) return { answer: 'busy', counts };
  const part = clockParts[shard];
  if (part === undefined) throw new Error('no such part');
  const due = await dueUntil(part, { until: new Date(takenAt).toISOString(), most });
  let left = due.length === most;
  for (const { holder } of due) {
    if (!hasTime()) {
      left = true;
      break;
    }
    if (clock() - takenAt >= renewMs) {
      takenAt = clock();
      await takeWork(work, token, takenAt);
    }
    await deletePerson(holder, clock, (done) => counts[done]++).catch((error: unknown) => {
      counts.failed++;
      log('error', { event: 'deletion-failed', job: 'deletion', ...anonymous(error) });
    });
  }
  await releaseWork(work, token, clock());
  // Who waits or fails stands first again: only a run that got on may be followed by another at once.
  const gotOn = acts.some((one) => counts[one] > 0);
  if (left && gotOn) return { answer: 'more', counts };
  // What was begun is to be finished when the caches' term has passed, not at the next run of the clock.
  return { answer: counts.begun + counts.ended > 0 ? 'later' : 'done', counts };
}

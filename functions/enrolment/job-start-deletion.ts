import { backlog, measure } from '#shared/log.ts';
import { listContested } from './contest-pages.ts';
import { clockParts, instantOfDeletion } from './due.ts';
import { dueUntil } from './due-store.ts';
import type { DeletionMessage } from './messages.ts';

/**
 * A work message for every part in which somebody's majority, deletion or wish has a step due; whatever a missed or broken run
 * left over is in the next one. Tells how many parts wait, and since when the oldest; and of suspensions to which a holder
 * objected since when they wait for a decision, which no clock takes.
 */
export async function startDeletion(now: number): Promise<DeletionMessage[]> {
  const until = new Date(now).toISOString();
  const messages: DeletionMessage[] = [];
  const since: string[] = [];
  for (const [shard, part] of clockParts.entries()) {
    const [first] = await dueUntil(part, { until, most: 1 });
    if (first === undefined) continue;
    messages.push({ shard });
    since.push(instantOfDeletion(first.dueSk));
  }
  measure(backlog('start-deletion', since, now), now);
  const { contested } = await listContested({ after: undefined, limit: 100 });
  const waiting = contested.map(({ objectedAt }) => objectedAt);
  measure(backlog('decide-suspension', waiting, now), now);
  return messages;
}

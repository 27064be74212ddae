import { backlog, measure } from '#shared/log.ts';
import { closeDeadline, passedDeadlines } from './deadline-store.ts';
import { type OpeningMessage, openingParts } from './messages.ts';
import { loadWork } from './work-store.ts';

/**
 * Work messages for every deadline that has passed and is not done; whatever a missed or broken run
 * left over is in the next one. Tells how many are not done, and since when the oldest is due.
 */
export async function startOpening(now: number): Promise<OpeningMessage[]> {
  const messages: OpeningMessage[] = [];
  const overdue: string[] = [];
  for (const deadlineAt of await passedDeadlines(now)) {
    const { done, inHand } = await loadWork({ kind: 'OPENING', of: deadlineAt }, now);
    const parts = Array.from({ length: openingParts }, (_, part) => ({ deadlineAt, part }));
    const left = parts.filter(({ part }) => !done.has(String(part)));
    if (left.length === 0) await closeDeadline(deadlineAt);
    else overdue.push(deadlineAt);
    messages.push(...left.filter(({ part }) => !inHand.has(String(part))));
  }
  measure(backlog('start-opening', overdue, now), now);
  return messages;
}

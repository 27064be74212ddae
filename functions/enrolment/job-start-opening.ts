import { closeDeadline, passedDeadlines } from './deadline-store.ts';
import { type OpeningMessage, openingParts } from './messages.ts';
import { loadWork } from './work-store.ts';

/**
 * Work messages for every deadline that has passed and is not done; whatever a missed or broken run
 * left over is in the next one.
 */
export async function startOpening(now: number): Promise<OpeningMessage[]> {
  const messages: OpeningMessage[] = [];
  for (const deadlineAt of await passedDeadlines(now)) {
    const { done, inHand } = await loadWork({ kind: 'OPENING', of: deadlineAt }, now);
    const parts = Array.from({ length: openingParts }, (_, part) => ({ deadlineAt, part }));
    const left = parts.filter(({ part }) => !done.has(String(part)));
    if (left.length === 0) await closeDeadline(deadlineAt);
    messages.push(...left.filter(({ part }) => !inHand.has(String(part))));
  }
  return messages;
}

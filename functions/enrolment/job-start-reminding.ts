import { env, json } from '#shared/env.ts';
import { deadlinesBetween } from './deadline-store.ts';
import { openingParts, type RemindingMessage, remindingOf } from './messages.ts';
import { ReminderDays, reminderDue } from './rules/reminder-due.ts';
import { loadWork } from './work-store.ts';

const { REMINDER_DAYS: days } = env({ REMINDER_DAYS: json(ReminderDays) });
const dayMs = 86_400_000;

/**
 * Work messages for every deadline of which the silent are to be reminded now (`now` in ms) and were not; whatever a
 * missed or broken run left over is in the next one, until the deadline ends.
 */
export async function startReminding(now: number): Promise<RemindingMessage[]> {
  const messages: RemindingMessage[] = [];
  // A day more: a deadline may end with the day of a place further west.
  const until = now + (Math.max(0, ...days) + 2) * dayMs;
  for (const deadlineAt of await deadlinesBetween(now, until)) {
    const remindDays = reminderDue(Date.parse(deadlineAt), days, now);
    if (remindDays === undefined) continue;
    const { done, inHand } = await loadWork(remindingOf({ deadlineAt, remindDays }), now);
    for (let part = 0; part < openingParts; part++)
      if (!done.has(String(part)) && !inHand.has(String(part)))
        messages.push({ deadlineAt, part, remindDays });
  }
  return messages;
}

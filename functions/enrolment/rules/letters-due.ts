import { addDays, type Day } from '#shared/kernel/calendar.ts';
import type { Wave } from '../schema.ts';

/** Whether the invitations of a département are not to be printed, since one of its waves is paused. Wishes are. */
export const isHeld = (
  waves: readonly Pick<Wave, 'departments' | 'state'>[],
  department: string,
): boolean =>
  waves.some(({ state, departments }) => state === 'paused' && departments.includes(department));

/**
 * Départements whose letters the clock orders (ENR-1): a wave of theirs was sent so many days before, so that
 * bounces have come back by then. Not while one of their waves is paused; a stopped one orders nothing.
 */
export function departmentsToWrite(
  waves: readonly Pick<Wave, 'departments' | 'sendOn' | 'state'>[],
  { today, days }: { readonly today: Day; readonly days: number },
): string[] {
  const due = waves
    .filter(({ state, sendOn }) => {
      const isSent = state === 'sent' || state === 'sending';
      return isSent && addDays(sendOn, days) <= today;
    })
    .flatMap(({ departments }) => departments);
  return [...new Set(due)].filter((one) => !isHeld(waves, one)).sort();
}

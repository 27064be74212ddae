import { dayOfDeadline, endOfDay, zoneOf } from '#shared/kernel/calendar.ts';
import type { Status } from '../stored.ts';
import type { CurrentCode } from '../stored-code.ts';

/**
 * The last instant (ISO) of a term that was told as ending with a day: as it was set, or the end of that day where the
 * person lives by now, whichever is later (R1111-28, ENR-2). Who moves west has the whole day; who moves east loses
 * nothing. Of who has not moved it is the term itself.
 */
export function lastInstant(end: string, department: string): string {
  const there = endOfDay(dayOfDeadline(Date.parse(end)), zoneOf(department));
  const local = new Date(there).toISOString();
  return local > end ? local : end;
}

/** Whether a code is good no more at an instant (ISO): its last day was told in the same words as the deadline's. */
export function isExpired(
  { validUntil }: Pick<CurrentCode, 'validUntil'>,
  { department }: Pick<Status, 'department'>,
  at: string,
): boolean {
  return at > validUntil && at > lastInstant(validUntil, department);
}

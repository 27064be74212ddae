import * as z from 'zod';
import { addDays, dayOfDeadline, parisDay } from '#shared/kernel/calendar.ts';
import type { Invited } from '../stored.ts';
import { deadlineRuns } from './deadline-runs.ts';
import { endsInTime } from './majority.ts';

/** On which days before the end of a deadline who is silent is reminded of it; none reminds nobody. */
export const ReminderDays = z.array(z.int().min(1).max(41)).max(5);

/**
 * Which reminder of a deadline is due at an instant: so many days before its last day, in Paris. One for all that
 * were missed; undefined before the first and from the end on. Both instants in ms.
 */
export function reminderDue(
  deadline: number,
  days: readonly number[],
  now: number,
): number | undefined {
  if (now > deadline) return undefined;
  const today = parisDay(now);
  const due = days.filter((before) => addDays(dayOfDeadline(deadline), -before) <= today);
  return due.length === 0 ? undefined : Math.min(...due);
}

/** Whether a reminder has a way to who is told of somebody: paper would come after what it reminds of. */
export const canBeReminded = (
  { informBy, byText }: Pick<Invited, 'informBy' | 'byText'>,
  goesByText: boolean,
): boolean => informBy === 'mail' || (goesByText && byText === true);

/** Whether an invited person is to be told of a deadline so many days before its end, and was not yet. `now` in ms. */
export function isToBeReminded(
  status: Invited,
  by: {
    readonly deadlineAt: string;
    readonly days: number;
    readonly now: number;
    readonly goesByText: boolean;
  },
): boolean {
  const { deadlineAt, days, now, goesByText } = by;
  return (
    canBeReminded(status, goesByText) &&
    deadlineRuns(status) &&
    endsInTime(status) &&
    status.deadlineAt === deadlineAt &&
    Date.parse(deadlineAt) >= now &&
    !(status.reminded?.of === deadlineAt && status.reminded.days <= days)
  );
}

import { type Day, objectionDeadline, parisBounds, parisDay } from '#shared/kernel/calendar.ts';

const dayMs = 86_400_000;

/** Whether a day told of a posting can be: not before the batch was there, not in the future. Instants are milliseconds. */
export function judgePostingDay(told: { on: Day; readyAt: number; reportedAt: number }) {
  if (told.on > parisDay(told.reportedAt)) return 'posted-in-the-future';
  return told.on < parisDay(told.readyAt) ? 'posted-before-batch' : 'possible';
}

/** Whether a day told of a return can be: not before the posting, not in the future. */
export function judgeReturnDay(told: { on: Day; postedOn: Day; reportedAt: number }) {
  if (told.on > parisDay(told.reportedAt)) return 'returned-in-the-future';
  return told.on < told.postedOn ? 'returned-before-posting' : 'possible';
}

/**
 * The instant from which a posted letter's deadline runs: in the day of its posting. A report so late that
 * the deadline would be over, or end within the day, counts from the report instead, in the person's favour:
 * until then nobody could know of an opening that would follow.
 */
export function informedFrom(posting: {
  on: Day;
  reportedAt: number;
  department: string;
  days: number;
}): number {
  const { on, reportedAt, department, days } = posting;
  const sentAt = Math.min(parisBounds(on).end, reportedAt);
  const deadline = objectionDeadline({ sentAt, department, days });
  return deadline > reportedAt + dayMs ? sentAt : reportedAt;
}

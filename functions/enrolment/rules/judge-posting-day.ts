import { type Day, objectionDeadline, parisBounds } from '#shared/kernel/calendar.ts';

const dayMs = 86_400_000;

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

import type { Status } from '../stored.ts';
import { deadlineRuns } from './deadline-runs.ts';
import { lastInstant } from './last-instant.ts';

/**
 * A person as he stands in a département, with the end that his deadline has there (ENR-2): the day that he was told
 * ends later for who moved west. Never shorter, and not where it is over there as well by `at` (ms): the work on that
 * end may be done. The reminder that he had was of the same day. Of whom none runs, the next information sets his own.
 */
export function deadlineFollows(status: Status, at: number): Status {
  if (status.status !== 'invited' || !deadlineRuns(status)) return status;
  const { deadlineAt: before, reminded } = status;
  const deadlineAt = lastInstant(before, status.department);
  if (deadlineAt === before || Date.parse(deadlineAt) < at) return status;
  return {
    ...status,
    deadlineAt,
    ...(reminded?.of === before ? { reminded: { ...reminded, of: deadlineAt } } : {}),
  };
}

import type { Invited, Status } from '../stored.ts';
import { deadlineRuns } from './deadline-runs.ts';
import { lastInstant } from './last-instant.ts';

export type MayObject =
  | 'object'
  | 'already-opposed'
  | 'already-activated'
  | 'already-closed'
  | 'deceased'
  | 'deadline-passed';

/**
 * Whether an objection made at an instant (ISO) stops the opening, however it came (ENR-40): one in time
 * wins over an opening that was faster. Of whom no deadline runs (not informed, or his code burnt)
 * none has passed. The last day counts until its end where the person lives by now, also where a record was opened
 * before a row told that he had moved.
 */
export function mayObject(status: Status, madeAt: string): MayObject {
  switch (status.status) {
    case 'known':
      return 'object';
    case 'invited':
      return !deadlineRuns(status) || isInTime(status, madeAt) ? 'object' : 'deadline-passed';
    case 'open':
      return isInTime(status, madeAt) ? 'object' : 'deadline-passed';
    case 'opposed':
      return 'already-opposed';
    case 'activated':
    case 'suspended':
      return 'already-activated';
    case 'closed':
    case 'deletion-requested':
    case 'deleting':
    case 'deleted':
      return 'already-closed';
    case 'deceased':
      return 'deceased';
  }
}

const isInTime = (
  { deadlineAt, department }: Pick<Invited, 'deadlineAt' | 'department'>,
  madeAt: string,
): boolean => madeAt <= lastInstant(deadlineAt, department);

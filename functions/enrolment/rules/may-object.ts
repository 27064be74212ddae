import type { Status } from '../stored.ts';
import { deadlineRuns } from './deadline-runs.ts';

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
 * none has passed.
 */
export function mayObject(status: Status, madeAt: string): MayObject {
  switch (status.status) {
    case 'known':
      return 'object';
    case 'invited':
      return !deadlineRuns(status) || madeAt <= status.deadlineAt ? 'object' : 'deadline-passed';
    case 'open':
      return madeAt <= status.deadlineAt ? 'object' : 'deadline-passed';
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

import type { Status } from '../stored.ts';

/**
 * Whether nothing is sent to somebody any more, since his record is being deleted, or is and no file has named him since:
 * his identity was taken away with it (ENR-44, ENR-47). Until the last mail has left it is there, but is none to write to.
 */
export function isGone(status: Status): boolean {
  if (status.status === 'deleting') return true;
  return status.status === 'deleted' && (status.untold === true || status.namedAgain !== true);
}

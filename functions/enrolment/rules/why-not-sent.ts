import type { Status } from '../stored.ts';
import { isGone } from './gone.ts';

/**
 * Why nobody is sent a code, whatever he asks for (ENR-44 to ENR-47): he died, a supervisor suspended his record, it is
 * being deleted or is, or he left the insured before anything was decided; what is open or activated is his.
 */
export function whyNotSent(
  status: Status,
): 'deceased' | 'suspended' | 'deletion-begun' | 'deleted' | 'not-insured' | undefined {
  if (status.status === 'deceased' || ('diedOn' in status && status.diedOn !== undefined))
    return 'deceased';
  if (status.status === 'suspended') return 'suspended';
  if (isGone(status)) return status.status === 'deleting' ? 'deletion-begun' : 'deleted';
  const isUndecided = status.status === 'known' || status.status === 'invited';
  return isUndecided && status.leftAt !== undefined ? 'not-insured' : undefined;
}

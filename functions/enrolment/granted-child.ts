import type { AccessGrant } from '#shared/access/grant.ts';
import { loadStatus } from './person-store.ts';
import { refuse } from './rules.ts';
import type { Activated } from './stored.ts';

/** A grant for a child's record; one's own has no guardians. */
export function forChild(grant: AccessGrant): AccessGrant {
  if (grant.purpose !== 'child-record') throw refuse('for-child-only');
  return grant;
}

/** The status of a record that was just granted as activated. */
export async function activatedOf({ holder }: AccessGrant): Promise<Activated> {
  const status = await loadStatus(holder);
  if (status?.status !== 'activated') throw refuse('not-activable');
  return status;
}

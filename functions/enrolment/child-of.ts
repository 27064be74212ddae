import { findOwn } from '#shared/access/grant.ts';
import { refuse as refuseAccess } from '#shared/access/refusals.ts';
import type { Caller } from '#shared/http/caller.ts';
import { signedIn } from '#shared/http/caller.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { loadStatus } from './person-store.ts';
import { guardiansOf } from './rules/judge-child.ts';
import { refuse } from './rules.ts';
import type { Status } from './stored.ts';

/** Of a request: who asks, for which child, and when (ms). */
export interface AskingFor {
  readonly caller: Caller;
  readonly actingFor: string | undefined;
  readonly receivedAt: number;
}

/**
 * A minor's record, be it closed or deleted, for one of its guardians whose own is activated: to decide about the
 * whole of it, not to read in it. Throws `enrolment/for-child-only` where no child is named, and
 * `access/not-guardian` for every record in which the caller has no part.
 */
export async function childOf({
  caller,
  actingFor,
  receivedAt,
}: AskingFor): Promise<{ status: Status; guardian: string }> {
  if (actingFor === undefined) throw refuse('for-child-only');
  const [own, status] = await Promise.all([findOwn(signedIn(caller)), loadStatus(actingFor)]);
  const guardian = own?.standing.status === 'activated' ? own.standing.holder : undefined;
  const isTheirs =
    guardian !== undefined &&
    status?.child !== undefined &&
    isMinor(status.child, receivedAt) &&
    (guardiansOf(status).some(({ holder }) => holder === guardian) ||
      ('certifiedTo' in status && status.certifiedTo?.includes(guardian) === true));
  if (!isTheirs) throw refuseAccess('not-guardian');
  return { status, guardian };
}

import { findOwn } from '#shared/access/grant.ts';
import { refuse as refuseAccess } from '#shared/access/refusals.ts';
import type { Caller } from '#shared/http/caller.ts';
import { signedIn } from '#shared/http/caller.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { namesOf } from '#shared/record/standing.ts';
import { followStatus } from './person-store.ts';
import { knownAs } from './rules/judge-child-closure.ts';
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
 * whole of it, not to read in it; and by which of his names it knows him (ENR-20). Throws `enrolment/for-child-only` where no child is named, and
 * `access/not-guardian` for every record in which the caller has no part.
 */
export async function childOf({
  caller,
  actingFor,
  receivedAt,
}: AskingFor): Promise<{ status: Status; guardian: string }> {
  if (actingFor === undefined) throw refuse('for-child-only');
  const [own, status] = await Promise.all([findOwn(signedIn(caller)), followStatus(actingFor)]);
  const names = own?.standing.status === 'activated' ? namesOf(own.standing) : [];
  const isMinors = status?.child !== undefined && isMinor(status.child, receivedAt);
  const guardian = isMinors ? knownAs(status, names) : undefined;
  if (!status || guardian === undefined) throw refuseAccess('not-guardian');
  return { status, guardian };
}

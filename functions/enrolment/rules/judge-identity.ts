import type { Status } from '../stored.ts';
import { type Activation, activationOf } from './judge-activation.ts';
import type { NotRecognised } from './judge-attempt.ts';

/** What is known of who comes with an identity that an issuer vouches for. */
export interface Identified {
  readonly status: Status | undefined;
  /** Whether somebody of age is claimed, by himself. */
  readonly claimFits: boolean;
  /** Whether the issuer's claims are those of the person whom the NIR names. */
  readonly identityFits: boolean;
}

/** Whose record it is, or one answer for all that does not fit; each counts on the network (ENR-11). */
export function recogniseIdentity({
  status,
  claimFits,
  identityFits,
}: Identified): { readonly is: 'recognised'; readonly status: Status } | NotRecognised {
  const not = (reason: NotRecognised['reason']): NotRecognised => ({
    ...{ is: 'not-recognised', counts: 'network', reason },
  });
  if (!status) return not('unknown');
  if (!claimFits) return not('guardian-mismatch');
  if (!identityFits || status.status === 'deceased') return not('identity-mismatch');
  return { is: 'recognised', status };
}

/** Why who was identified cannot activate. */
export type NotActivatedByIdentity =
  | 'already-linked'
  | 'account-taken'
  | 'code-required'
  | 'not-activable';

/**
 * What an identity opens (ENR-3, ENR-41, ENR-44): what a code in time would, with one exception. Where a suspension
 * led to the closure, the sign-in may be what was stolen: only a code that goes to the insurer's address opens it.
 */
export function judgeIdentityActivation({
  status,
  isOwn,
  isTaken,
}: {
  readonly status: Status;
  /** Whether the record is linked to this very account already. */
  readonly isOwn: boolean;
  /** Whether the account is linked to somebody else's record. */
  readonly isTaken: boolean;
}): Activation | NotActivatedByIdentity {
  if (isOwn) return 'already-linked';
  if (isTaken) return 'account-taken';
  if ('closedAfter' in status && status.closedAfter) return 'code-required';
  return activationOf(status);
}

import type { Status } from '../stored.ts';
import type { CurrentCode } from '../stored-code.ts';
import { isExpired } from './last-instant.ts';
import { move } from './status.ts';

/** A recognised person who wants to activate, or to link another account. Instants are ISO. */
export interface Activating {
  readonly status: Status;
  readonly code: CurrentCode;
  /** Whether the record is linked to this very account already. */
  readonly isOwn: boolean;
  /** Whether the account is linked to somebody else's record. */
  readonly isTaken: boolean;
  readonly receivedAt: string;
}

/** Why a person who gave the right NIR, card and code cannot activate. */
export type NotActivated =
  | 'already-linked'
  | 'account-taken'
  | 'code-burnt'
  | 'code-used'
  | 'code-expired'
  | 'not-activable';

/** What an activation would do: make the record the person's own, or give it to another account of his. */
export type Activation = 'activate' | 'relink';

/**
 * Whether a code opens the way (ENR-3, ENR-11, ENR-41): once, as long as it is valid, whatever was decided
 * before. An activated record goes to another account with a new code; for the same account nothing changes.
 */
export function judgeActivation({
  status,
  code,
  isOwn,
  isTaken,
  receivedAt,
}: Activating): Activation | NotActivated {
  if (isOwn) return 'already-linked';
  if (isTaken) return 'account-taken';
  if (code.burntAt) return 'code-burnt';
  if (code.usedAt) return 'code-used';
  if (isExpired(code, status, receivedAt)) return 'code-expired';
  return activationOf(status);
}

/** What an activation does to a record as it stands. */
export function activationOf(of: Pick<Status, 'status'>): Activation | 'not-activable' {
  const { status } = of;
  if (status === 'activated') return 'relink';
  // The last mail of the life before is still on its way, or he died since.
  if ('untold' in of || 'diedOn' in of) return 'not-activable';
  return move(status, 'activate') === 'activated' ? 'activate' : 'not-activable';
}

/** As what the journal names it: a minor's account stands beside his guardians, who are told with him (MIN-4). */
export const actOf = (activation: Activation, byMinor: boolean) => {
  if (activation === 'activate') return 'enrolment/activate';
  return byMinor ? 'enrolment/link-minor' : 'enrolment/relink';
};

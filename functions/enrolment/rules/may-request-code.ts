import type { Status } from '../stored.ts';
import type { Code } from '../stored-code.ts';
import { deadlineRuns } from './deadline-runs.ts';
import { mayHaveAccount } from './own-card.ts';
import { isUnrepresented } from './unrepresented.ts';
import { whyNotSent } from './why-not-sent.ts';

/** What is known of somebody who asks for a new code. Instants are milliseconds. */
export interface Request {
  readonly status: Status;
  readonly code: Code | undefined;
  /** A minor is claimed by his guardian, somebody of age by himself. */
  readonly claimFits: boolean;
  readonly cardFits: boolean;
  readonly birthFits: boolean;
  /** Several children were born on that day, and none was named (ENR-22). */
  readonly isUnclear?: boolean;
  /** A minor asks himself, and may (MIN-4). */
  readonly byMinor?: boolean;
  /** Wishes of this network for this person in this hour, this one left out. */
  readonly asked: number;
  readonly receivedAt: number;
  readonly by: 'mail' | 'letter' | 'sms';
}

/** Whether a new code is sent, or why not: told to agents, to nobody else. */
export type Verdict =
  | 'yes'
  | 'guardian-mismatch'
  | 'card-mismatch'
  | 'birth-mismatch'
  | 'which-child'
  | 'not-guardian'
  | 'guardian-decides'
  | 'too-many-wishes'
  | 'deceased'
  | 'suspended'
  | 'deletion-begun'
  | 'deleted'
  | 'not-insured'
  | 'no-address'
  | 'not-informed'
  | 'letter-under-way'
  | 'too-soon';

/**
 * Whether a new code is sent (ENR-12): the facts fit, an address is known, and the last one is not too
 * fresh. Whoever decided may ask as well: with it he activates later (ENR-41), or links another account.
 */
export function mayRequestCode(
  {
    status,
    code,
    claimFits,
    cardFits,
    birthFits,
    isUnclear,
    byMinor,
    asked,
    receivedAt,
    by,
  }: Request,
  limits: { softPerHour: number; resendSeconds: number },
): Verdict {
  if (!claimFits) return 'guardian-mismatch';
  if (!cardFits) return 'card-mismatch';
  if (!birthFits) return 'birth-mismatch';
  if (isUnclear) return 'which-child';
  // Whose authority was taken is sent nothing; who got the minor's own code is he himself (MIN-2).
  if (!byMinor && isUnrepresented(status, receivedAt)) return 'not-guardian';
  if (asked >= limits.softPerHour) return 'too-many-wishes';
  const never = whyNotSent(status);
  if (never) return never;
  if (byMinor) {
    // Whether there is a record is his guardians' to decide, and a letter would go to them.
    if (!mayHaveAccount(status)) return 'guardian-decides';
    if (by === 'letter') return 'no-address';
    // The code in his guardian's letter would be none once there is another.
    if (isUnderWay(status, code)) return 'letter-under-way';
  } else if (by === 'mail' && status.informBy !== 'mail') return 'no-address';
  // A text message is no information in the sense of the law (R1111-28): it brings a code to whom it reached.
  if (by === 'sms' && isUninformed(status)) return 'not-informed';
  if (by === 'letter' && isUnderWay(status, code)) return 'letter-under-way';
  const last = [code?.current?.sentAt, code?.requestedAt]
    .flatMap((at) => at ?? [])
    .sort()
    .at(-1);
  const fresh = last !== undefined && receivedAt - Date.parse(last) < limits.resendSeconds * 1000;
  return fresh ? 'too-soon' : 'yes';
}

/**
 * Whether a code would be what informs him: nobody has told him yet of what is to be opened, or no deadline of his runs
 * and the next code starts one (what told him came back, or his code is burnt).
 */
function isUninformed(status: Status): boolean {
  return status.status === 'known' || (status.status === 'invited' && !deadlineRuns(status));
}

/** Whether a letter with a code is asked for already, or in print. */
export function isUnderWay({ letter }: Status, code: Code | undefined): boolean {
  return code?.letterFor !== undefined || (letter !== undefined && letter.postedOn === undefined);
}

/** The code's item with the wish noted: answered by a mail or text message at once, or by the next print run. */
export function wishOf(wish: {
  readonly status: Status;
  readonly code: Code | undefined;
  readonly by: 'mail' | 'letter' | 'sms';
  /** A minor asks himself. */
  readonly byMinor?: boolean;
  /** Number of the journal line that notes the wish. */
  readonly seq: number;
  readonly receivedAt: number;
}): Code {
  const { status, code, by, byMinor, seq, receivedAt } = wish;
  const {
    requested,
    requestedBy: _by,
    requestedByMinor,
    ...rest
  } = code ?? { holder: status.holder };
  // The letter is his guardians': what a minor asked for before would be answered to them.
  const waits = by === 'letter' && !requestedByMinor ? requested : undefined;
  return {
    ...rest,
    ...(waits === undefined ? {} : { requested: waits }),
    revision: (code?.revision ?? 0) + 1,
    requestedAt: new Date(receivedAt).toISOString(),
    ...(by === 'letter' ? { letterFor: status.department } : { requested: seq }),
    ...(by === 'sms' ? { requestedBy: by } : {}),
    ...(byMinor ? { requestedByMinor: true } : {}),
  };
}

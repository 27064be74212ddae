import type { Status } from '../stored.ts';
import type { CurrentCode } from '../stored-code.ts';
import { isExpired } from './last-instant.ts';
import { isOfGuardians } from './majority.ts';

/** What is known of an attempt with NIR, card and code, once fingerprints and hashes were compared. Instants are ISO. */
export interface Attempt {
  readonly status: Status | undefined;
  readonly code: CurrentCode | undefined;
  readonly cardFits: boolean;
  readonly codeFits: boolean;
  /** Whether a minor is claimed by his guardian, and somebody of age by himself. */
  readonly claimFits: boolean;
  /** A minor claims for himself, and may (MIN-4). */
  readonly byMinor?: boolean;
  /** Wrong codes of this network for this person in this hour, this one left out. */
  readonly softFailures: number;
  /** Failures of this network that counted on this code, in the code's whole life. */
  readonly ownHardFailures: number;
  /** When the gateway received the request. */
  readonly receivedAt: string;
}

export interface Limits {
  readonly softPerHour: number;
  readonly hard: number;
}

/**
 * One answer for all that is not recognised. `counts`: on the code (hard), for the network on this person
 * (soft), on the network alone, or not looked at any more.
 */
export interface NotRecognised {
  readonly is: 'not-recognised';
  readonly counts: 'code' | 'burns' | 'soft' | 'network' | 'unheard';
  readonly reason:
    | 'unknown'
    | 'guardian-mismatch'
    | 'identity-mismatch'
    | 'card-mismatch'
    | 'wrong-code'
    | 'no-code'
    | 'unheard';
}

/** Who gave the right NIR, card and code: only he learns how things stand. */
export interface Recognised {
  readonly is: 'recognised';
  readonly status: Status;
  readonly code: CurrentCode;
}

/**
 * Judges who it is that tries, the same for an objection and an activation (ENR-11, ENR-14). A failure
 * counts against the code only when the card fits, since anybody may know a NIR. A network with too many
 * wrong codes is not heard for the hour; and no more of them than that count on one code, in how many
 * hours ever: a stranger cannot burn it alone.
 */
export function recognise(attempt: Attempt, limits: Limits): Recognised | NotRecognised {
  const { status, code, cardFits, codeFits, softFailures } = attempt;
  if (!status) return { is: 'not-recognised', counts: 'network', reason: 'unknown' };
  // The first attempt that is not heard is counted, so that it is told once.
  if (softFailures >= limits.softPerHour) {
    const first = softFailures === limits.softPerHour;
    return { is: 'not-recognised', counts: first ? 'soft' : 'unheard', reason: 'unheard' };
  }
  // A minor's own NIR opens nothing (MIN-4), nor does his guardian's once he is of age (MIN-5).
  if (!attempt.claimFits)
    return { is: 'not-recognised', counts: 'network', reason: 'guardian-mismatch' };
  // Of somebody who died no code is good, and nobody outside learns more than that (ENR-46).
  // What his guardians were sent is no code of who came of age (MIN-5).
  // One that a minor asked for himself is his, and none of theirs is (MIN-4).
  const isNone =
    !code ||
    status.status === 'deceased' ||
    isOfGuardians(status, code, attempt.receivedAt) ||
    (code.ofMinor === true) !== (attempt.byMinor === true);
  const reason = !cardFits ? 'card-mismatch' : isNone ? 'no-code' : 'wrong-code';
  if (!cardFits || isNone) return { is: 'not-recognised', counts: 'network', reason };
  if (codeFits) return { is: 'recognised', status, code };
  if (!isAlive(attempt.receivedAt, status, code) || attempt.ownHardFailures >= limits.softPerHour)
    return { is: 'not-recognised', counts: 'soft', reason };
  const burns = code.failures + 1 >= limits.hard;
  return { is: 'not-recognised', counts: burns ? 'burns' : 'code', reason };
}

/** A code that is dead already cannot be burnt again; a burnt invitation stops the opening, whenever. */
export function isAlive(receivedAt: string, status: Status, code: CurrentCode): boolean {
  if (code.burntAt || code.usedAt) return false;
  return status.status === 'invited' || !isExpired(code, status, receivedAt);
}

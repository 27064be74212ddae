import type { CurrentCode, Status } from '../stored.ts';

/** What is known of an attempt to object, once fingerprints and hashes were compared. Instants are ISO. */
export interface Attempt {
  readonly status: Status | undefined;
  readonly code: CurrentCode | undefined;
  readonly cardFits: boolean;
  readonly codeFits: boolean;
  /** Wrong codes of this network for this person in this hour, this one left out. */
  readonly softFailures: number;
  /** Failures of this network that counted on this code, in the code's whole life. */
  readonly ownHardFailures: number;
  /** When the gateway received the request. */
  readonly receivedAt: string;
  /** Whether the request repeats the one that decided (same Idempotency-Key). */
  readonly repeats: boolean;
}

export interface Limits {
  readonly softPerHour: number;
  readonly hard: number;
}

/** Why a person who gave the right NIR, card and code cannot object. */
export type Told = 'code-burnt' | 'code-used' | 'deadline-passed' | 'code-expired';

export type Judgement =
  /** The objection counts. */
  | { readonly is: 'object' }
  /** It had counted already: the same answer again. */
  | { readonly is: 'repeat' }
  /** Only who knows NIR, card and code learns the reason. */
  | { readonly is: 'told'; readonly reason: Told }
  /**
   * One answer for all else. `counts`: on the code (hard), for the network on this person (soft), on the
   * network alone, or not looked at any more.
   */
  | {
      readonly is: 'not-recognised';
      readonly counts: 'code' | 'burns' | 'soft' | 'network' | 'unheard';
      readonly reason: 'unknown' | 'card-mismatch' | 'wrong-code' | 'no-code' | 'unheard';
    };

/**
 * Judges an attempt (ENR-11, ENR-14, ENR-40). A failure counts against the code only when the card fits,
 * since anybody may know a NIR. A network with too many wrong codes is not heard for the hour; and no
 * more of them than that count on one code, in how many hours ever: a stranger cannot burn it alone.
 */
export function judge(attempt: Attempt, limits: Limits): Judgement {
  const { status, code, cardFits, codeFits, softFailures } = attempt;
  if (!status) return { is: 'not-recognised', counts: 'network', reason: 'unknown' };
  // The first attempt that is not heard is counted, so that it is told once.
  if (softFailures >= limits.softPerHour) {
    const first = softFailures === limits.softPerHour;
    return { is: 'not-recognised', counts: first ? 'soft' : 'unheard', reason: 'unheard' };
  }
  const reason = !cardFits ? 'card-mismatch' : !code ? 'no-code' : 'wrong-code';
  if (!cardFits || !code) return { is: 'not-recognised', counts: 'network', reason };
  if (!codeFits) {
    // A code that is dead already cannot be burnt again.
    const alive = !code.burntAt && !code.usedAt && status.status === 'invited';
    if (!alive || attempt.ownHardFailures >= limits.softPerHour)
      return { is: 'not-recognised', counts: 'soft', reason };
    const burns = code.failures + 1 >= limits.hard;
    return { is: 'not-recognised', counts: burns ? 'burns' : 'code', reason };
  }
  return decide(attempt, status, code);
}

function decide(attempt: Attempt, status: Status, code: CurrentCode): Judgement {
  const told = (reason: Told): Judgement => ({ is: 'told', reason });
  if (status.status === 'opposed') return attempt.repeats ? { is: 'repeat' } : told('code-used');
  if (code.burntAt) return told('code-burnt');
  if (code.usedAt) return told('code-used');
  // Asked for a code and not informed yet cannot be: the code's own mail informs.
  if (status.status === 'known') return told('code-expired');
  if (attempt.receivedAt > status.deadlineAt) return told('deadline-passed');
  return attempt.receivedAt > code.validUntil ? told('code-expired') : { is: 'object' };
}

import type { Status } from '../stored.ts';
import type { CurrentCode } from '../stored-code.ts';
import { isAlive } from './judge-attempt.ts';

/** One of the children whom a guardian's number and a birth date name, as a try with card and code finds him. */
export interface OfThatDay {
  /** The lowest one that leads to him. */
  readonly rank: number;
  /** All of them: several, where two records of his became one (ENR-20). */
  readonly ranks: readonly number[];
  /** Whether card and code are his. */
  readonly fits: boolean;
  /** Wrong codes that were counted on his code; undefined where none can count on it any more. */
  readonly failures: number | undefined;
}

/**
 * Each child once, by the first place that leads to it: where two records that were one child's stood under two
 * ranks, both lead to the one that is left (ENR-20).
 */
export const eachOnce = <P extends { readonly holder: string }>(places: readonly P[]): P[] =>
  places.filter(({ holder }, at) => places.findIndex((one) => one.holder === holder) === at);

/** How a guardian's try finds a child: what a minor asked for himself fits none, and nothing of theirs counts on it. */
export function asTried(
  { status, code }: { readonly status: Status | undefined; readonly code: CurrentCode | undefined },
  tried: {
    readonly cardFits: boolean;
    readonly codeFits: boolean;
    /** ISO. */
    readonly receivedAt: string;
  },
): Pick<OfThatDay, 'fits' | 'failures'> {
  if (!status || !code || code.ofMinor || !tried.cardFits)
    return { fits: false, failures: undefined };
  const counts = isAlive(tried.receivedAt, status, code);
  return { fits: tried.codeFits, failures: counts ? code.failures : undefined };
}

/** Whom a try means, by his rank. */
export interface Meant {
  readonly rank: number;
  /** The code is right, and still it does not say which child is meant: he who gave it has to choose. */
  readonly mustChoose: boolean;
}

/**
 * Whom a try means among those who were born on one day (ENR-22): where no rank is given, him whose code it is; a
 * rank that says something else than the code leaves the choice to who gave it. A wrong code without a rank counts
 * once, on the code that has had the fewest, so that none is burnt before the others are as near to it. Undefined
 * where nobody is there, or nobody of the rank that is given.
 */
export function whoIsMeant(
  those: readonly OfThatDay[],
  rank: number | undefined,
): Meant | undefined {
  const owners = those.filter(({ fits }) => fits);
  const [owner] = owners;
  if (rank === undefined) {
    const one = owner ?? fewestFailures(those);
    return one && { rank: one.rank, mustChoose: owners.length > 1 };
  }
  const named = those.find(({ ranks }) => ranks.includes(rank));
  const isContrary = owner !== undefined && !named?.fits;
  if (isContrary && those.length > 1) return { rank: owner.rank, mustChoose: true };
  return named && { rank: named.rank, mustChoose: false };
}

function fewestFailures(those: readonly OfThatDay[]): OfThatDay | undefined {
  const last = Number.MAX_SAFE_INTEGER;
  return [...those].sort(
    (a, b) => (a.failures ?? last) - (b.failures ?? last) || a.rank - b.rank,
  )[0];
}

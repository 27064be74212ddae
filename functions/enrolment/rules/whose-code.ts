/** One of the children whom a guardian's number and a birth date name, as a try with card and code finds him. */
export interface OfThatDay {
  readonly rank: number;
  /** Whether card and code are his. */
  readonly fits: boolean;
  /** Wrong codes that were counted on his code; undefined where none can count on it any more. */
  readonly failures: number | undefined;
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
  const named = those.find((one) => one.rank === rank);
  if (rank === undefined) {
    const one = owner ?? fewestFailures(those);
    return one && { rank: one.rank, mustChoose: owners.length > 1 };
  }
  const isContrary = owner !== undefined && !owners.some((one) => one.rank === rank);
  if (isContrary && those.length > 1) return { rank: owner.rank, mustChoose: true };
  return named && { rank, mustChoose: false };
}

function fewestFailures(those: readonly OfThatDay[]): OfThatDay | undefined {
  const last = Number.MAX_SAFE_INTEGER;
  return [...those].sort(
    (a, b) => (a.failures ?? last) - (b.failures ?? last) || a.rank - b.rank,
  )[0];
}

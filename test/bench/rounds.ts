/** One side of a comparison: does its pinned work once and returns how long it took, in milliseconds. */
export type Side = () => Promise<number>;

/** Times of each side, one for each round. */
export type Times<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Runs each side once a round, the order turning, so that none always meets a warmer machine. */
export async function interleave<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  rounds: number,
  warmUps = 1,
): Promise<Times<Name>> {
  const entries: [string, Side][] = Object.entries(sides);
  const times = new Map<string, number[]>();
  for (let round = -warmUps; round < rounds; round += 1) {
    for (let turn = 0; turn < entries.length; turn += 1) {
      const [name, side] = entries[(Math.max(0, round) + turn) % entries.length] ?? [];
      if (name === undefined || side === undefined) continue;
      const time = await side();
      if (round >= 0) times.set(name, [...(times.get(name) ?? []), time]);
    }
  }
  // The names are those of the sides, which the compiler forgets in a map.
  return Object.fromEntries(times) as Record<Name, number[]>;
}

export interface Ratio {
  /** Median of the other divided by the median of ours: 1 is as fast, below 1 is slower. */
  readonly medians: number;
  /** The same of the best time of each side, which a busy machine disturbs least. */
  readonly bests: number;
}

export function ratioOf(other: readonly number[], ours: readonly number[]): Ratio {
  return {
    medians: median(other) / median(ours),
    bests: Math.min(...other) / Math.min(...ours),
  };
}

/** The baseline against itself; outside 0.9 to 1.1 the machine was too noisy to say much. */
export function isNoisy({ medians }: Ratio): boolean {
  return !(medians > 0.9 && medians < 1.1);
}

/** One side of a comparison: does its pinned work once and returns how long it took, in milliseconds. */
export type Side = () => Promise<number>;

export interface Compared {
  name: string;
  /** Median time of the baseline divided by the median time of ours: 1 is as fast, below 1 is slower. */
  ratio: number;
  /** The least favourable and most favourable single round. */
  worst: number;
  best: number;
  rounds: number;
  /** Baseline against itself; outside 0.9 to 1.1 the machine was too noisy to say anything. */
  noise: number;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

async function interleave(a: Side, b: Side, rounds: number): Promise<[number[], number[]]> {
  const first: number[] = [];
  const second: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // The order alternates, so that neither side always runs on a warmer machine.
    if (round % 2 === 0) first.push(await a());
    second.push(await b());
    if (round % 2 === 1) first.push(await a());
  }
  return [first, second];
}

/**
 * Times two sides in turn. The baseline is first held against itself; a noisy machine is given three
 * chances, then told as such (`noise`).
 */
export async function compare(asked: {
  name: string;
  ours: Side;
  baseline: Side;
  rounds: number;
}): Promise<Compared> {
  const { name, ours, baseline, rounds } = asked;
  await baseline();
  await ours();
  let noise = Number.NaN;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const [one, other] = await interleave(baseline, baseline, Math.max(4, Math.floor(rounds / 3)));
    noise = median(one) / median(other);
    if (noise > 0.9 && noise < 1.1) break;
  }
  const [base, own] = await interleave(baseline, ours, rounds);
  const single = base.map((time, round) => time / (own[round] ?? time));
  return {
    name,
    ratio: median(base) / median(own),
    worst: Math.min(...single),
    best: Math.max(...single),
    rounds,
    noise,
  };
}

export interface Goal {
  compared: Compared;
  least: number;
}

/** Whether a goal is met: it fails only when the medians and the best round both miss it. */
export function met({ compared, least }: Goal): boolean {
  return compared.ratio >= least || compared.best >= least;
}

/** One line for people. */
export function line({ compared, least }: Goal): string {
  const { name, ratio, worst, best, rounds, noise } = compared;
  const figures = `${ratio.toFixed(2)} (rounds ${worst.toFixed(2)} to ${best.toFixed(2)}, ${rounds} of them, baseline against itself ${noise.toFixed(2)})`;
  const noisy = noise > 0.9 && noise < 1.1 ? '' : ' — machine too noisy';
  return `${met({ compared, least }) ? 'ok    ' : 'MISSED'} ${name}: ${figures}, goal ${least.toFixed(2)}${noisy}`;
}

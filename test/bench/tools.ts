/** What the parts of the bench share: how long they run, what they must reach, and what they found. */
import { parseArgs } from 'node:util';
import { type Finding, say } from './report.ts';
import type { SealingPlan } from './sealing-plan.ts';

export const { values: asked } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
export const { quick } = asked;
/** Sizes in MiB; the small ones many times a round, since the clock is coarse. */
const sealingPlan = (rounds: number): SealingPlan => ({
  sizes: [
    { mib: 1, rounds, times: 20 },
    { mib: 10, rounds, times: 4 },
    { mib: 100, rounds: Math.ceil(rounds / 3), times: 1 },
  ],
  memoryMib: 100,
});

export const plan = {
  sealing: sealingPlan(quick ? 3 : 15),
  /** So many holders, each with one request a round. */
  documents: [
    { kib: 100, each: 16, rounds: quick ? 3 : 15 },
    { kib: 4095, each: 8, rounds: quick ? 2 : 9 },
  ],
  letters: [
    { count: 1, rounds: quick ? 5 : 21 },
    { count: 100, rounds: quick ? 3 : 9 },
  ],
  /** People due at one deadline, few and many. */
  due: quick ? { few: 1000, many: 4000, rounds: 1 } : { few: 10_000, many: 100_000, rounds: 2 },
  /** Lines of a file of insured people. */
  lines: quick ? { few: 500, many: 2000, rounds: 1 } : { few: 2000, many: 20_000, rounds: 5 },
  /** Both longer than what is read ahead. */
  memoryLines: quick ? [15_000, 20_000] : [20_000, 100_000],
  /** Of each case that a stranger might tell apart. */
  tries: quick ? 200 : 2000,
  ...(quick
    ? { sweeps: 3, people: 2000, singly: 200, objections: 3, objecting: 60, spawns: 3 }
    : {
        sweeps: 15,
        people: 2000,
        singly: 400,
        objections: 15,
        objecting: 100,
        spawns: 9,
      }),
};

/** Eight workers are eight isolates, each of which compiles for itself before it is itself. */
export const warmUps = 4;

export const goals = {
  sweep: 0.8,
  singly: 2.8,
  /** As long a person, within 15 %, however many. */
  flat: 1 / 1.15,
  intake: 0.6,
  /** Of a file's length, in percent: it is never held as a whole. */
  fileInMemory: 15,
  opposition: 0.7,
  documents: 0.7,
  /** Tags for who hears the paper, the QR code's squares, and the layout. */
  letter: 0.4,
  letters: 0.2,
  bundle: 1.25,
  /** Pages carry their own words and their style. */
  pages: 1.3,
  cold: 0.8,
  dynamoKiB: 330,
  sealing: { 1: 0.45, 10: 0.5, 100: 0.75 } as Readonly<Record<number, number>>,
  sealingMemoryMib: 80,
  /** At most 1.9 times as long. */
  sealingCold: 1 / 1.9,
};
export const findings: Finding[] = [];
export const raw: Record<string, unknown> = {};

/** Tells a finding and keeps it. */
export function found(finding: Finding): void {
  findings.push(finding);
  say(finding);
}

export const begun = performance.now();
/** Past this the whole would take more than ten minutes. */
const patienceMs = 240_000;

/** Once more when the baseline does not agree with itself, if there is time. */
export async function steadily<T>(
  run: () => Promise<T>,
  noisy: (result: T) => boolean,
): Promise<T> {
  const first = await run();
  if (quick || !noisy(first) || performance.now() - begun > patienceMs) return first;
  console.log('       too noisy, once more');
  return run();
}

import type { Exercised, Played } from './schema.ts';

/** Tests of one file that exercised a permission; a permission used while the file was set up needs any test of it. */
export interface Trial {
  readonly file: string;
  /** Full names inside the file; empty: all. */
  readonly names: readonly string[];
}

/** Numbers that a seed fixes (mulberry32), each below 1. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many different ones, drawn by the seed. */
export function draw<T>(from: readonly T[], count: number, seed: number): readonly T[] {
  const random = randomOf(seed);
  const left = [...from];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}

/** Which tests to run to see that a permission is missed: those that used it in the quickest file. */
export function trialOf(
  { tests }: Pick<Exercised, 'tests'>,
  seconds: Played['seconds'],
): Trial | undefined {
  const byFile = Map.groupBy(
    tests.map((test) => test.split(' > ')),
    ([file = '']) => file,
  );
  const [first] = [...byFile].sort(([a], [b]) => (seconds[a] ?? 0) - (seconds[b] ?? 0));
  if (first === undefined) return undefined;
  const [file, found] = first;
  const names = found.map(([, ...name]) => name.join(' > '));
  return { file, names: names.includes('(set-up)') ? [] : names };
}

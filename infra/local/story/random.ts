/** A small seeded generator (mulberry32): the same seed tells the same story. Never for secrets. */
export interface Dice {
  /** A number in [0, 1). */
  roll(): number;
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number;
  pick<T>(among: readonly T[]): T;
}

/** Makes the dice of a story from its seed. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number) => from + Math.floor(roll() * (to - from + 1));
  const pick = <T>(among: readonly T[]): T => {
    const found = among[whole(0, among.length - 1)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  return { roll, whole, pick };
}

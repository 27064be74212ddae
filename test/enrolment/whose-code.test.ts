import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asTried,
  eachOnce,
  type OfThatDay,
  whoIsMeant,
} from '#functions/enrolment/rules/whose-code.ts';
import { current, person } from './builders.ts';

const one = (rank: number, change: Partial<OfThatDay> = {}): OfThatDay => ({
  ...{ rank, ranks: [rank], fits: false, failures: 0 },
  ...change,
});

describe('ENR-22: whose code it is, of those who were born on one day', () => {
  test.each<[string, readonly OfThatDay[], number | undefined, ReturnType<typeof whoIsMeant>]>([
    ['nobody', [], undefined, undefined],
    ['nobody of that rank', [one(1)], 2, undefined],
    ['an only child', [one(1)], undefined, { rank: 1, mustChoose: false }],
    ['the only one that we know', [one(2)], undefined, { rank: 2, mustChoose: false }],
    ['the first’s', [one(1, { fits: true }), one(2)], undefined, { rank: 1, mustChoose: false }],
    ['the second’s', [one(1), one(2, { fits: true })], undefined, { rank: 2, mustChoose: false }],
    ['the named one’s', [one(1), one(2, { fits: true })], 2, { rank: 2, mustChoose: false }],
    ['not the named one’s', [one(1), one(2, { fits: true })], 1, { rank: 2, mustChoose: true }],
    [
      'of a rank that nobody has',
      [one(1), one(2, { fits: true })],
      3,
      { rank: 2, mustChoose: true },
    ],
    ['an only child’s, by a wrong rank', [one(1, { fits: true })], 2, undefined],
    [
      'both’s',
      [one(1, { fits: true }), one(2, { fits: true })],
      undefined,
      { rank: 1, mustChoose: true },
    ],
    [
      'both’s, one named',
      [one(1, { fits: true }), one(2, { fits: true })],
      2,
      { rank: 2, mustChoose: false },
    ],
    ['nobody’s, one named', [one(1), one(2)], 2, { rank: 2, mustChoose: false }],
  ])('%s', (_what, those, rank, meant) => {
    expect(whoIsMeant(those, rank)).toEqual(meant);
  });

  /** Under two ranks, since two records that were his are one (ENR-20). */
  const twice = (change: Partial<OfThatDay> = {}) => one(1, { ranks: [1, 2], ...change });

  test.each<[string, readonly OfThatDay[], number | undefined, ReturnType<typeof whoIsMeant>]>([
    ['his code', [twice({ fits: true })], undefined, { rank: 1, mustChoose: false }],
    ['by the other rank', [twice({ fits: true })], 2, { rank: 1, mustChoose: false }],
    ['a wrong code', [twice()], 2, { rank: 1, mustChoose: false }],
    ['a rank that nobody has', [twice({ fits: true })], 3, undefined],
    ['beside another', [twice({ fits: true }), one(3)], 2, { rank: 1, mustChoose: false }],
    ['the other’s code', [twice(), one(3, { fits: true })], 2, { rank: 3, mustChoose: true }],
  ])('ENR-20: one child under two ranks is one: %s', (_what, those, rank, meant) => {
    expect(whoIsMeant(those, rank)).toEqual(meant);
  });

  test('ENR-20: of several places each child counts once, by the first of his', () => {
    const places = [
      { rank: 1, holder: 'x' },
      { rank: 2, holder: 'y' },
      { rank: 3, holder: 'x' },
      { rank: 4, holder: 'z' },
    ];
    expect(eachOnce(places).map(({ rank }) => rank)).toEqual([1, 2, 4]);
    expect(eachOnce([])).toEqual([]);
  });

  test('ENR-14: a wrong code counts where the fewest did, and never on one that is dead', () => {
    const count = (...failures: (number | undefined)[]) =>
      whoIsMeant(
        failures.map((many, at) => one(at + 1, { failures: many })),
        undefined,
      )?.rank;
    expect(count(0, 0)).toBe(1);
    expect(count(1, 0)).toBe(2);
    expect(count(9, 8)).toBe(2);
    expect(count(undefined, 9)).toBe(2);
    expect(count(undefined, undefined)).toBe(1);
  });

  test('ENR-14, MIN-4: a code counts a guardian’s tries if it is alive, of this card, and theirs', () => {
    const receivedAt = '2022-02-10T09:00:00.000Z';
    const tried = { cardFits: true, codeFits: true, receivedAt };
    const stands = { status: person.open, code: { ...current, failures: 3 } };
    expect(asTried(stands, tried)).toEqual({ fits: true, failures: 3 });
    expect(asTried(stands, { ...tried, codeFits: false })).toEqual({ fits: false, failures: 3 });
    const none = { fits: false, failures: undefined };
    expect(asTried(stands, { ...tried, cardFits: false })).toEqual(none);
    expect(asTried({ ...stands, status: undefined }, tried)).toEqual(none);
    expect(asTried({ ...stands, code: undefined }, tried)).toEqual(none);
    const dead = { ...stands, code: { ...current, usedAt: receivedAt } };
    expect(asTried(dead, tried)).toEqual({ fits: true, failures: undefined });
    const ofMinor = { ...stands, code: { ...current, ofMinor: true as const } };
    expect(asTried(ofMinor, tried)).toEqual(none);
    expect(asTried(ofMinor, { ...tried, codeFits: false })).toEqual(none);
  });

  test('ENR-14: none is burnt by tries that name nobody before the others are one short of it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 9 }),
        (start) => {
          const failures = [...start];
          for (let tries = 0; !failures.includes(10); tries++) {
            expect(tries).toBeLessThan(90);
            const those = failures.map((many, at) => one(at + 1, { failures: many }));
            const rank = whoIsMeant(those, undefined)?.rank ?? 0;
            failures[rank - 1] = (failures[rank - 1] ?? 0) + 1;
          }
          expect(Math.min(...failures)).toBeGreaterThanOrEqual(9);
        },
      ),
    );
  });
});

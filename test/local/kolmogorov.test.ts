import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kolmogorov } from '#test/bench/kolmogorov.ts';

const ramp = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at);

describe('the Kolmogorov-Smirnov test of the bench', () => {
  test.each([
    // Critical distances of two samples of 2,000 and of 100: 1.628 and 1.358 times √(2/n).
    [2000, 1.628, 0.01],
    [2000, 1.358, 0.05],
    [100, 1.628, 0.01],
  ])('of %i values each at %f: p is about %f', (count, critical, p) => {
    const shift = Math.round(count * critical * Math.sqrt(2 / count));
    const told = kolmogorov(ramp(count), ramp(count, shift));
    expect(told.distance).toBeCloseTo(shift / count, 10);
    expect(Math.abs(told.p - p)).toBeLessThan(p / 2);
  });

  test('a sample against itself is the same, against another world it is not', () => {
    expect(kolmogorov(ramp(50), ramp(50))).toEqual({ distance: 0, p: 1 });
    expect(kolmogorov(ramp(50), ramp(50, 1000)).distance).toBe(1);
    expect(kolmogorov(ramp(50), ramp(50, 1000)).p).toBeLessThan(1e-9);
  });

  test('order does not matter, nor which is first', () => {
    const some = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const told = kolmogorov(a, b);
        expect(kolmogorov(b, a).distance).toBeCloseTo(told.distance, 12);
        expect(kolmogorov(a.toReversed(), b).p).toBe(told.p);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, type Json } from '#shared/kernel/canonical.ts';

/** RFC 8785 written down once more, value by value. */
function reference(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(reference).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${reference(member ?? null)}`);
  return `{${members.join(',')}}`;
}

const names = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'actor',
    'at',
    'id',
    '1',
    '10',
    '2',
    '',
    '__proto__',
    'é',
    '😀',
    '\\ud800',
  ),
  fc.string({ unit: 'binary' }),
);
const { tree } = fc.letrec<{ tree: Json; leaf: Json }>((tie) => ({
  leaf: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, '\\ud800', '"\\\\ud', -0),
  ),
  tree: fc.oneof(
    { maxDepth: 4 },
    tie('leaf'),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(names, tie('tree'), { maxKeys: 8 }),
  ),
}));

describe('canonical JSON', () => {
  test('of anything is what the standard says, however its names stood', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(canonical(value)).toBe(reference(value));
      }),
      { numRuns: 2000 },
    );
  });

  test('is the same for every order of the names, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(names, tree, { maxKeys: 8 }), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(turned)).toBe(canonical(value));
        expect(reference(JSON.parse(canonical(value)))).toBe(canonical(value));
      }),
    );
  });

  test('of a lone surrogate or no number is refused, however deep it lies', () => {
    for (const wrong of ['\ud800', 'a\udc00', Number.NaN, Number.NEGATIVE_INFINITY])
      for (const value of [wrong, [wrong], { a: { b: [1, wrong] } }, { 1: wrong }, { 1: [wrong] }])
        expect(() => canonical(value)).toThrow(RangeError);
    for (const value of [{ '\ud800': 1 }, { 1: 2, '\udc00': 1 }, [{ a: { '\ud800': null } }]])
      expect(() => canonical(value)).toThrow(RangeError);
  });
});

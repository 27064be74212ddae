import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentsOf } from '#shared/sms/segments.ts';

test.each([
  ['', 1],
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['a'.repeat(306), 2],
  ['a'.repeat(307), 3],
  // Two septets each.
  ['€'.repeat(80), 1],
  [`${'€'.repeat(80)}a`, 2],
  // The sign of two septets does not fit behind 152: it opens the next part.
  [`${'a'.repeat(152)}€${'a'.repeat(151)}`, 2],
  [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
  ['àéèù Ç É', 1],
])('a text message of GSM signs is counted in parts: %#', (text, parts) => {
  expect(segmentsOf(text)).toBe(parts);
});

test.each(['ê', 'ç', 'œ', '’', '\u00a0', '😀'])('%s has no place in the GSM alphabet', (sign) => {
  expect(segmentsOf(`Bonjour${sign}`)).toBeUndefined();
});

test('a longer text never takes fewer parts', () => {
  const sign = fc.constantFrom('a', 'é', '€', '[', ' ');
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 500 }), sign, (signs, more) => {
      const text = signs.join('');
      expect(segmentsOf(text + more)).toBeGreaterThanOrEqual(segmentsOf(text) ?? 0);
    }),
  );
});

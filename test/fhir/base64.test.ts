import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBase64 } from '#shared/fhir/content.ts';

/** What FHIR says, as a pattern: right, and slow over megabytes. */
function byPattern(text: string): boolean {
  const dense = text.replaceAll(/\s+/g, '');
  return dense.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(dense);
}

test('a text is base64 where the pattern of FHIR says so', () => {
  const letters = fc.constantFrom(
    'A',
    'Q',
    'z',
    '9',
    '+',
    '/',
    '=',
    '-',
    '_',
    ' ',
    '\n',
    'é',
    '\0',
  );
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 14 }), (text) => {
      expect(isBase64(text)).toBe(byPattern(text));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['QQ==', true],
  ['QR==', true],
  ['QUE=', true],
  ['QUFB', true],
  ['QUFB\r\nQUFB', true],
  ['', false],
  ['Q', false],
  ['QQ=', false],
  ['QQ==QQ==', false],
  ['Q===', false],
  ['QU-B', false],
])('%j: %s', (text, expected) => {
  expect(isBase64(text)).toBe(expected);
});

test('of megabytes is looked at whole', () => {
  const long = Buffer.alloc(3_000_000, 7).toString('base64');
  expect(isBase64(long)).toBe(true);
  expect(isBase64(`${long.slice(0, 2_000_000)}*${long.slice(2_000_001)}`)).toBe(false);
});

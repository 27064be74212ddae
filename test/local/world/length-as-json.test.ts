import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthAsJson } from '#infra/local/gateway/length-as-json.ts';

test('a text is as long as JSON writes it, whatever characters it has', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const bytes = Buffer.from(text.toWellFormed());
      const json = JSON.stringify(bytes.toString());
      expect(lengthAsJson(bytes)).toBe(Buffer.byteLength(json) - 2);
    }),
  );
  const every = String.fromCharCode(...Array(0x100).keys());
  expect(lengthAsJson(Buffer.from(every))).toBe(Buffer.byteLength(JSON.stringify(every)) - 2);
});

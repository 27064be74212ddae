import { expect, test } from 'vitest';
import { NoticeCode } from '#functions/notices/schema.ts';
import { textFor } from '#functions/notices/texts/text-for.ts';
import { segmentsOf } from '#shared/sms/segments.ts';

test.each(NoticeCode.options)('the text message of %s is one part, without a link', (code) => {
  for (const text of [textFor(code), textFor(code, 'Léa-Océane')]) {
    expect(segmentsOf(text)).toBe(1);
    // Another reads over a shoulder, and a name may have signs that the alphabet lacks.
    expect(text).not.toMatch(/https?:|www\.|\.fr|Léa/);
    expect(text).toMatch(/^Mon espace santé/);
  }
});

test('each says something of its own', () => {
  expect(new Set(NoticeCode.options.map((code) => textFor(code))).size).toBe(
    NoticeCode.options.length,
  );
});

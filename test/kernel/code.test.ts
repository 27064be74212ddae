import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { alphabet } from '#shared/kernel/base32.ts';
import { codeOf, formatCode, parseCode } from '#shared/kernel/code.ts';

const codes = Array.from({ length: 60 }, () => codeOf(randomBytes(11)));

describe('the provisional code and its check character', () => {
  test('every code that is made can be read, as it stands in a mail and in any case', () => {
    for (const code of codes) {
      expect(parseCode(formatCode(code))).toEqual({ ok: true, code });
      expect(parseCode(formatCode(code).toLowerCase().replaceAll('-', ' '))).toEqual({
        ok: true,
        code,
      });
    }
  });

  test('letters that look like digits are read as those', () => {
    const code = codeOf(new Uint8Array(11).map((_, at) => at % 2));
    const written = code.replaceAll('0', 'O').replace('1', 'I').replaceAll('1', 'l');
    expect(parseCode(written)).toEqual({ ok: true, code });
  });

  test('one wrong character is always found, in every place and for every character', () => {
    for (const code of codes)
      for (let at = 0; at < 12; at++)
        for (const wrong of alphabet)
          if (wrong !== code[at])
            expect(parseCode(code.slice(0, at) + wrong + code.slice(at + 1)).ok).toBe(false);
  });

  test('two places exchanged are always found, neighbours or not', () => {
    for (const code of codes)
      for (let left = 0; left < 12; left++)
        for (let right = left + 1; right < 12; right++) {
          const letters = [...code];
          [letters[left], letters[right]] = [code[right] ?? '', code[left] ?? ''];
          if (code[left] !== code[right]) expect(parseCode(letters.join('')).ok).toBe(false);
        }
  });

  test.each([
    ['', 'code-length'],
    ['ABCD-EFGH-JKM', 'code-length'],
    ['ABCD-EFGH-JKMN-P', 'code-length'],
    ['ABCD-EFGU-JKMN', 'code-characters'],
    ['ABCD-EFG!-JKMN', 'code-characters'],
    ['ABCD-EFGÉ-JKMN', 'code-characters'],
  ])('%s is refused as %s', (text, reason) => {
    expect(parseCode(text)).toEqual({ ok: false, reason });
  });

  test('each of the 32 characters comes about as often in each random place', () => {
    const many = Array.from({ length: 6400 }, () => codeOf(randomBytes(11)));
    for (let at = 0; at < 11; at++) {
      const seen = new Map<string, number>();
      for (const code of many) seen.set(code[at] ?? '', (seen.get(code[at] ?? '') ?? 0) + 1);
      const chi = [...alphabet].reduce(
        (sum, one) => sum + ((seen.get(one) ?? 0) - 200) ** 2 / 200,
        0,
      );
      // 31 degrees of freedom: beyond 90 with a probability under one in ten million.
      expect(chi).toBeLessThan(90);
    }
  });
});

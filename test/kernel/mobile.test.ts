import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskMobile, parseMobile } from '#shared/kernel/mobile.ts';

describe('ENR-12 a mobile number', () => {
  test.each([
    ['06 12 34 56 78', '+33612345678'],
    ['+33 (0)6.12.34.56.78', '+33612345678'],
    ['0033612345678', '+33612345678'],
    ['+33612345678', '+33612345678'],
    ['07 30 00 00 00', '+33730000000'],
    ['06 39 98 00 01', '+33639980001'],
    // Overseas, as they are written at home and abroad.
    ['0690 12 34 56', '+590690123456'],
    ['+590 690 12 34 56', '+590690123456'],
    ['0691 12 34 56', '+590691123456'],
    ['0694 12 34 56', '+594694123456'],
    ['0696 12 34 56', '+596696123456'],
    ['0697 12 34 56', '+596697123456'],
    ['0692 12 34 56', '+262692123456'],
    ['+262 (0)693 12 34 56', '+262693123456'],
    ['0639 12 34 56', '+262639123456'],
    // Written with the code of mainland France, or a neighbour’s: the digits say where it is.
    ['+33 692 12 34 56', '+262692123456'],
    ['+508 55 12 34', '+508551234'],
    ['+687 71 23 45', '+687712345'],
    ['00 689 87 12 34 56', '+68987123456'],
    ['+681 72 12 34', '+681721234'],
  ])('%s is %s', (text, number) => {
    expect(parseMobile(text)).toBe(number);
  });

  test.each([
    ['', 'empty'],
    ['01 23 45 67 89', 'a fixed line'],
    ['0262 12 34 56', 'a fixed line overseas'],
    ['07 00 00 00 00', 'for machines'],
    ['07 29 99 99 99', 'not given out'],
    ['06 12 34 56 7', 'too short'],
    ['06 12 34 56 789', 'too long'],
    ['+32 470 12 34 56', 'abroad'],
    ['+687 26 12 34', 'a fixed line'],
    ['71 23 45', 'short, without its country'],
    ['06 12 34 56 7x', 'a letter'],
    ['3422', 'a short number'],
  ])('%s is none (%s)', (text) => {
    expect(parseMobile(text)).toBeUndefined();
  });

  test('is read again as what it was read as', () => {
    const eight = fc.stringMatching(/^[0-9]{8}$/);
    fc.assert(
      fc.property(fc.constantFrom('06', '07'), eight, (begins, digits) => {
        const number = parseMobile(begins + digits);
        if (number === undefined) return;
        expect(number).toMatch(/^\+\d{9,12}$/);
        expect(parseMobile(number)).toBe(number);
      }),
    );
  });

  test.each([
    ['+33612345612', '06 •• •• •• 12'],
    ['+262692123499', '06 •• •• •• 99'],
    ['+687712345', '•• •• 45'],
  ])('%s is shown as %s', (number, shown) => {
    expect(maskMobile(number)).toBe(shown);
  });
});

import { alphabet } from './base32.ts';

/** Random characters of a provisional code; the twelfth is the check character. */
const randomLength = 11;

export type CodeReading =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly reason: 'code-length' | 'code-characters' | 'code-check' };

/**
 * Powers of x in GF(32) modulo x⁵+x²+1. The weights of the twelve places are distinct and not zero,
 * so one wrong character, or any two places exchanged, never gives a valid code.
 */
const powers = (() => {
  const list = [1];
  for (let n = 1; n <= randomLength; n++) {
    const doubled = (list[n - 1] ?? 0) << 1;
    list.push(doubled & 32 ? doubled ^ 0b100101 : doubled);
  }
  return list;
})();

function times(left: number, right: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit++) if (right & (1 << bit)) product ^= left << bit;
  for (let bit = 9; bit >= 5; bit--) if (product & (1 << bit)) product ^= 0b100101 << (bit - 5);
  return product;
}

function checkCharacter(random: string): string {
  let sum = 0;
  for (let place = 0; place < randomLength; place++)
    sum ^= times(powers[place + 1] ?? 0, alphabet.indexOf(random[place] ?? ''));
  return alphabet[sum] ?? '';
}

/** A code from at least 11 random bytes, five bits of each: 55 bits and a check character. */
export function codeOf(bytes: Uint8Array): string {
  if (bytes.length < randomLength) throw new RangeError('a code needs 11 random bytes');
  const random = Array.from(bytes.subarray(0, randomLength), (byte) => alphabet[byte & 31]).join(
    '',
  );
  return random + checkCharacter(random);
}

/** Reads a code as people write it: any case, spaces and hyphens, O for zero, I or L for one. */
export function parseCode(text: string): CodeReading {
  const code = text.replace(/[\s-]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  if (code.length !== randomLength + 1) return { ok: false, reason: 'code-length' };
  if ([...code].some((character) => !alphabet.includes(character)))
    return { ok: false, reason: 'code-characters' };
  return checkCharacter(code) === code.at(-1)
    ? { ok: true, code }
    : { ok: false, reason: 'code-check' };
}

/** A code in three groups of four, as it stands in a mail. */
export function formatCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}

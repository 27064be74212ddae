import type * as z from 'zod';

/** A day as people write it (`5/3/2015`, `05 03 2015`, `05032015`) as `YYYY-MM-DD`; anything else as it is. */
export function dayOf(typed: string): string {
  const parted = /^\s*(\d{1,2})\D{1,3}(\d{1,2})\D{1,3}(\d{4})\s*$/.exec(typed);
  // The keys that a telephone shows for figures may have no stroke.
  const [, day, month, year] = parted ?? /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(typed) ?? [];
  if (day === undefined || month === undefined || year === undefined) return typed.trim();
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** The number of one of several children, where one was typed (ENR-22). */
export const rankOf = (typed: string): { readonly rank?: number } =>
  typed.trim() === '' ? {} : { rank: Number(typed) };

/** What people set between the figures and letters of a number or code: spaces, strokes of every kind, dots. */
const between = /[\s\p{Pd}\p{Cf}./_]/gu;

/** A provisional code as it is read: what stood between its groups tells nothing. */
export const codeOf = (typed: string): string => typed.replace(between, '');

export const numbersOf = (form: { readonly nir: string; readonly cardSerial: string }) => ({
  nir: form.nir.replace(between, ''),
  cardSerial: form.cardSerial.replace(between, ''),
});

/** What is wrong, by field in the order in which they stand, as sentences. */
export function faultsOf<Field extends string>(
  { issues }: z.ZodError,
  fields: readonly Field[],
  sentence: (field: Field) => string,
): Readonly<Partial<Record<Field, string>>> {
  const wrong = new Set(issues.map(({ path }) => path.at(-1)));
  const told: Partial<Record<Field, string>> = {};
  for (const field of fields) if (wrong.has(field)) told[field] = sentence(field);
  return told;
}

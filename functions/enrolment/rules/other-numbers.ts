import type { Status } from '../stored.ts';

/**
 * The numbers beside the one that counts, with one more and without another (their fingerprints): those that were
 * replaced, and those that were told as his wrongly. They are kept so that a trace ends with all that leads to it.
 */
export function otherNumbers(
  { otherNumbers: before = [] }: Pick<Status, 'otherNumbers'>,
  { plus, minus }: { readonly plus: string; readonly minus: string },
): { otherNumbers: string[] } {
  const rest = before.filter((one) => one !== minus && one !== plus);
  return { otherNumbers: [...rest, plus] };
}

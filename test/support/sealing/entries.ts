import { type Entry, entriesOf } from '#infra/entries.ts';

const like = (id: string, file: string): Entry => {
  const [any] = entriesOf();
  if (!any) throw new Error('There is no function.');
  return { ...any, id, file: `test/support/sealing/${file}` };
};

/** A function that seals and opens, and one with the same clients that does not. */
export const sealingEntries = [
  like('sealing', 'handler.ts'),
  like('without-sealing', 'handler-without.ts'),
] as const;

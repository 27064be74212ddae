import type { Actions } from '#shared/aws/transact.ts';
import { Lookup } from '#shared/record/lookup.ts';
import { findPerson } from '#shared/record/person.ts';
import { itemAt, lookupKey } from '#shared/record/table.ts';
import { lookupEnd, lookupWrite } from './person-store.ts';
import type { Deleted, Status } from './stored.ts';

/** Whether the insurance body has told a NIR of somebody; who was just born has none. */
export const hasNumber = async (holder: string): Promise<boolean> =>
  ((await findPerson(holder))?.nir ?? '') !== '';

/** What stands under a number's fingerprint, be it nobody's for now. */
const numberAt = async (nirTag: string): Promise<Lookup | undefined> =>
  Lookup.optional().parse(await itemAt(lookupKey(nirTag)));

/** The parts of a transaction that take away every number by which a deleted record was found, if it still leads to it. */
export async function numbersEnd({
  holder,
  nirTag,
  otherNumbers = [],
  absorbed = [],
}: Deleted): Promise<Actions> {
  const tags = new Set([nirTag, ...otherNumbers, ...absorbed.flatMap(({ numbers }) => numbers)]);
  const found = await Promise.all(
    [...tags].map(async (tag) => ({ tag, lookup: await numberAt(tag) })),
  );
  return found.flatMap(({ tag, lookup }) =>
    lookup?.holder === holder ? [lookupEnd(tag, holder)] : [],
  );
}

/**
 * Numbers that a record had beside its own lead to another one, as long as they led to the first. `merged` is the
 * record that they came from; without it they go back to it.
 */
export async function numbersMoved(
  { otherNumbers = [] }: Pick<Status, 'otherNumbers'>,
  to: { readonly from: string; readonly holder: string; readonly merged?: string },
): Promise<Actions> {
  const found = await Promise.all(
    otherNumbers.map(async (tag) => ({ tag, lookup: await numberAt(tag) })),
  );
  return found.flatMap(({ tag, lookup }) => {
    if (lookup?.holder !== to.from || lookup.free) return [];
    const { merged, ...rest } = lookup;
    // Back goes what came with it: a number that was told as his wrongly may be the other one's own.
    if (to.merged === undefined && merged !== to.holder) return [];
    const next = { ...rest, holder: to.holder, ...(to.merged ? { merged: to.merged } : {}) };
    return [lookupWrite(tag, next, lookup)];
  });
}

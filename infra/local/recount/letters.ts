import * as z from 'zod';
import type { Item } from './read-tables.ts';
import type { StatusItem } from './records.ts';

const Batch = z.looseObject({ batch: z.string(), letters: z.number().optional() });
const Member = z.looseObject({
  pk: z.string(),
  holder: z.string(),
  reference: z.string(),
  became: z.string().optional(),
});

/** Each batch holds what it says, no two letters bear one reference, and whoever has a letter stands in its batch. */
export function letterFaults(items: readonly Item[], statuses: readonly StatusItem[]): string[] {
  const faults: string[] = [];
  const members = items
    .filter(({ pk }) => pk.startsWith('LETTERS#'))
    .map((item) => Member.parse(item));
  const byReference = new Map(members.map((one) => [one.reference, one]));
  if (byReference.size !== members.length)
    faults.push(`${members.length} letters bear ${byReference.size} references`);
  for (const item of items.filter(({ pk }) => pk === 'LETTERS')) {
    const { batch, letters = 0 } = Batch.parse(item);
    const held = members.filter(({ pk }) => pk === `LETTERS#${batch}`).length;
    if (letters > held) faults.push(`batch ${batch} tells ${letters} letters, ${held} stand in it`);
  }
  for (const { holder, letter } of statuses) {
    if (!letter) continue;
    const found = byReference.get(letter.reference);
    if (found?.holder !== holder || found.pk !== `LETTERS#${letter.batch}`)
      faults.push(`${holder}: his letter stands in no batch`);
    if (found?.became === 'nothing' && letter.postedOn === undefined)
      faults.push(`${holder}: waits for a letter that is none any more`);
    if (found?.became === 'spoiled') faults.push(`${holder}: waits for a spoiled letter`);
  }
  return faults;
}

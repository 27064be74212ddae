import type { KeyObject } from 'node:crypto';
import { findByGuardian } from '#shared/record/lookup.ts';
import { childKey } from '#shared/record/table.ts';
import { getMany } from './get-many.ts';
import { FoundLookup } from './person-store.ts';
import { childTag } from './tags.ts';

/** A child whom a guardian's NIR and a birth date name, and which of those who were born on that day. */
export interface Place {
  readonly rank: number;
  readonly holder: string;
}

interface Day {
  readonly guardianNir: string;
  readonly birthDate: string;
}

/** As many places are looked at for everybody, so that nothing is told by how long it takes. */
export const mostRanks = 9;
const ranks = Array.from({ length: mostRanks }, (_, at) => at + 1);

/** All children whom a guardian's NIR and a birth date name, by rank; one look for all of them. */
export async function bornOn(key: KeyObject, day: Day): Promise<readonly Place[]> {
  const keys = ranks.map((rank) => childKey(childTag(key, { ...day, rank })));
  const found = (await getMany(keys)).map((item) => FoundLookup.parse(item));
  const holders = keys.map(({ pk }) => found.find((one) => one.pk === pk)?.holder);
  return placesOf(holders);
}

/** The same for an agent: by looks at single items, which his functions may do already. */
export async function bornOnForAgent(key: KeyObject, day: Day): Promise<readonly Place[]> {
  const looks = ranks.map((rank) => findByGuardian(childTag(key, { ...day, rank })));
  return placesOf((await Promise.all(looks)).map((found) => found?.holder));
}

const placesOf = (holders: readonly (string | undefined)[]): readonly Place[] =>
  holders.flatMap((holder, at) => (holder === undefined ? [] : [{ rank: at + 1, holder }]));

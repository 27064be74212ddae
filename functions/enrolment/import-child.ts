import type { KeyObject } from 'node:crypto';
import * as z from 'zod';
import { env, json } from '#shared/env.ts';
import { addDays, addYears, type Day } from '#shared/kernel/calendar.ts';
import type { Lookup } from '#shared/record/lookup.ts';
import { namesOf } from '#shared/record/standing.ts';
import { childKey } from '#shared/record/table.ts';
import { nirTag } from '#shared/record/tags.ts';
import { childEnd, lookupWrite } from './person-store.ts';
import { placed, placesOf } from './rules/child-places.ts';
import type { InsuredRow } from './rules/insured-row.ts';
import { barredFrom } from './rules/judge-child.ts';
import type { Status } from './stored.ts';
import type { ChildFacts } from './stored-child.ts';
import { childTag } from './tags.ts';

/** The age in years from which somebody acts for himself (MIN-5), and the days before on which that is announced. */
export const { MAJORITY_AGE: majorityAge, MAJORITY_REMINDER_DAYS: reminderDays } = env({
  MAJORITY_AGE: z.coerce.number().int().min(1).max(30),
  MAJORITY_REMINDER_DAYS: json(z.array(z.int().min(1).max(366)).max(5)),
});

/** The fingerprints of a minor's row: his own, as his guardian's child, and his guardian's. */
export interface ChildTags {
  readonly tag: string;
  readonly guardianTag: string;
}

export function childTagsOf(row: InsuredRow, key: KeyObject): ChildTags | undefined {
  if (!row.child) return undefined;
  const { guardianNir, rank } = row.child;
  const tag = childTag(key, { guardianNir, birthDate: row.birthDate, rank: Number(rank || 1) });
  return { tag, guardianTag: nirTag(key, guardianNir) };
}

/** What the status says of a minor, whom a row attaches to his guardian's record. Who was barred stays so. */
export function childFactsOf(
  row: InsuredRow,
  { tag, guardian, former }: { tag: string; guardian: Status; former: Status['child'] },
): ChildFacts {
  const rank = row.child?.rank;
  const restored = former?.restored;
  const barred = barredFrom(former, { holder: guardian.holder, names: namesOf(guardian) });
  return {
    ...(barred.length > 0 ? { barred: [...barred] } : {}),
    ...(restored === undefined ? {} : { restored }),
    ...placed(former, tag),
    ...{ attachedTo: guardian.holder, ...majorityOf(row.birthDate) },
    ...(rank ? { rank: Number(rank) } : {}),
  };
}

/** When somebody comes of age, and when that is announced; a corrected birth date moves both. */
export function majorityOf(birthDate: Day): Pick<ChildFacts, 'adultOn' | 'remindOn'> {
  const adultOn = addYears(birthDate, majorityAge);
  return { adultOn, remindOn: reminderDays.map((days) => addDays(adultOn, -days)).sort() };
}

/** The lookup by which a guardian finds his child, in the place of one under another guardian. */
export function childLookupWrites(of: {
  readonly tag: string;
  readonly next: Lookup;
  readonly found: Lookup | undefined;
  readonly former: Status['child'];
}) {
  const { tag, next, found, former } = of;
  const write = lookupWrite(childKey(tag), next, found);
  if (former === undefined) return [write];
  const { tag: _t, otherTags: kept = [] } = placed(former, tag);
  const ended = placesOf(former).filter((one) => one !== tag && !kept.includes(one));
  return [write, ...ended.map(childEnd)];
}

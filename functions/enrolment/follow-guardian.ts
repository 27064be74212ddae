import type { Actions } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { newId } from '#shared/random.ts';
import { attachedEnd, attachedWrite, listAttached } from '#shared/record/attached.ts';
import { findByGuardian } from '#shared/record/lookup.ts';
import { findPerson } from '#shared/record/person.ts';
import { childKey } from '#shared/record/table.ts';
import type { Work } from './import-outcome.ts';
import { append, record } from './lines.ts';
import { childEnd, loadStatus, lookupWrite, statusWrite } from './person-store.ts';
import { moved, placesOf } from './rules/child-places.ts';
import type { Status } from './stored.ts';
import { childTag } from './tags.ts';

/** Of one guardian, as a transaction writes five items for each. */
export const mostChildren = 14;

/** No row has named the child in this way yet: the next one that does is a change. */
const noRow = 'following';

const by = { actor: { kind: 'system', id: 'import' }, channel: 'file' } as const;

/** What becomes of a guardian's numbers. */
export interface Following {
  /** The record to which the children are attached. */
  readonly of: string;
  /** The number by which they are found from now on. */
  readonly plus: string;
  /** The number by which they are found no more; without, by the one before as well. */
  readonly minus?: string;
  /** Only those who are found by `plus` already, and they are this record's from now on. */
  readonly backTo?: string;
}

/**
 * Children are found by their guardian's number (ENR-22): when it is replaced, or his record is merged or parted, his
 * minor children are found by the new one as well, or those without a number of their own would be taken for new ones.
 * Undefined where they are more than a transaction holds.
 */
export async function childrenFollow(
  following: Following,
  { key, now }: Work,
): Promise<Actions | undefined> {
  const children = await listAttached(following.of, mostChildren + 1);
  if (children.length > mostChildren) return undefined;
  const writes = await Promise.all(
    children.map(async (child) => {
      const [status, person] = await Promise.all([loadStatus(child), findPerson(child)]);
      if (status?.child?.attachedTo !== following.of || !person) return [];
      if (!isMinor(status.child, now)) return [];
      const { rank = 1 } = status.child;
      const tagOf = (guardianNir: string) =>
        childTag(key, { guardianNir, birthDate: person.birthDate, rank });
      return follow(status, { following, tagOf, now });
    }),
  );
  return writes.flat();
}

async function follow(
  before: Status,
  to: { following: Following; tagOf: (nir: string) => string; now: number },
): Promise<Actions> {
  const { following, tagOf, now } = to;
  const { child, holder } = before;
  if (!child) return [];
  const plus = tagOf(following.plus);
  const minus = following.minus === undefined ? undefined : tagOf(following.minus);
  const places = placesOf(child);
  if (following.backTo !== undefined && !places.includes(plus)) return [];
  const found = await findByGuardian(plus);
  // Another child of the same day stands there: who is who, the rows must say.
  if (found && found.holder !== holder) return [];
  const facts = moved(child, { plus, ...(minus === undefined ? {} : { minus }) });
  const attachedTo = following.backTo ?? child.attachedTo;
  const { next, line } = append<Status>({ ...before, child: { ...facts, attachedTo } }, holder, {
    ...{ id: newId(), at: now, ...by, action: 'enrolment/update-insured' },
    object: record(before, {}),
  });
  const isEnding = minus !== undefined && places.includes(minus);
  return [
    statusWrite(next, before.version),
    journalWrite(line),
    ...(found ? [] : [lookupWrite(childKey(plus), { holder, rowTag: noRow }, undefined)]),
    ...(isEnding ? [childEnd(minus)] : []),
    ...(following.backTo === undefined
      ? []
      : [
          attachedWrite({ guardian: attachedTo, child: holder }),
          attachedEnd({ guardian: following.of, child: holder }),
        ]),
  ];
}

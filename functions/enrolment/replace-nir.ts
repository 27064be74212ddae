import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { openPerson } from '#shared/record/person.ts';
import { childrenFollow } from './follow-guardian.ts';
import { type Change, type Found, refusedAs, unchanged, type Work } from './import-outcome.ts';
import { sealedPerson } from './import-person.ts';
import { append, record } from './lines.ts';
import { mergedRecords } from './merge-records.ts';
import { partedRecords } from './part-records.ts';
import { lookupWrite, personWrite, statusWrite } from './person-store.ts';
import { lineTag, type TaggedChange } from './read-line.ts';
import { otherNumbers } from './rules/other-numbers.ts';
import { played } from './rules/played.ts';
import type { Status } from './stored.ts';

type Joining = Extract<TaggedChange, { op: 'merge' | 'split' }>;

/** No row has named this number yet: the next one that does is a change. */
const noRow = 'replacing';

/**
 * Two numbers of one person (ENR-20): a waiting number that the definitive one replaces keeps the record. Both lead
 * to him; rows are taken by the new one only. Where each number has a record of its own, the two become one.
 */
export async function replaced(joining: Joining, found: Found, work: Work): Promise<Change> {
  const { fromTag, intoTag, into } = joining;
  const [from, to] = [found.lookups.get(fromTag), found.lookups.get(intoTag)];
  const by = played(from, lineTag(joining), work.play);
  if (!from || from.free) return refusedAs('from', 'unknown');
  if (to && !to.free) {
    if (to.holder !== from.holder && from.former) return refusedAs('from', 'replaced');
    if (to.holder !== from.holder) return mergedRecords(joining, { from, to, by }, { found, work });
    return from.former ? unchanged : refusedAs('from', 'replaced');
  }
  if (from.former) return refusedAs('from', 'replaced');
  // A number that follows one, or a child's birth, is told by a row.
  if (typeof joining.from !== 'string' || typeof into !== 'string')
    return refusedAs('into', 'unknown');
  const status = found.statuses.get(from.holder);
  if (!status || status.status === 'deleted') return refusedAs('from', 'deleted');
  const { holder } = status;
  const children = await childrenFollow({ of: holder, plus: into }, work);
  if (!children) return tooMany;
  return {
    writes: [
      ...children,
      lookupWrite(fromTag, { ...from, former: true, by }, from),
      lookupWrite(intoTag, { holder, rowTag: noRow }, to),
      ...(await renamed(
        { ...status, ...otherNumbers(status, { plus: fromTag, minus: intoTag }) },
        { nir: into, action: 'enrolment/replace-nir' },
        work,
      )),
    ],
    outcome: 'updated',
  };
}

/** Undoes it where it was wrong: the former number is the person's again, the other one is free for whose it is. */
export async function restoredNumber(joining: Joining, found: Found, work: Work): Promise<Change> {
  const { fromTag, intoTag, from: nir, into } = joining;
  const [from, to] = [found.lookups.get(fromTag), found.lookups.get(intoTag)];
  const by = played(from, lineTag(joining), work.play);
  if (!from || from.free) return refusedAs('from', 'unknown');
  const status = found.statuses.get(from.holder);
  // A child's place may have been told again by a row since: it is the record that knows by what the two were joined.
  const byIt = status?.absorbed?.find(({ numbers }) => numbers[0] === fromTag)?.holder;
  const isJoined = from.former || (typeof nir !== 'string' && byIt !== undefined);
  if (!isJoined) return !to || to.free || to.holder !== from.holder ? unchanged : notMerged;
  if (!to || to.free || to.former || to.holder !== from.holder) return notMerged;
  if (!status || status.status === 'deleted') return refusedAs('from', 'deleted');
  // Of a record that was taken in, it is the number which the two were joined by that parts them.
  const joined = status.absorbed?.find((one) => one.holder === from.merged);
  if (joined && joined.numbers[0] !== fromTag) return refusedAs('from', 'replaced');
  const merged = typeof nir === 'string' ? from.merged : byIt;
  if (merged) return partedRecords(joining, { from, merged, status, by }, work);
  if (typeof nir !== 'string' || typeof into !== 'string') return notMerged;
  const { holder } = status;
  const children = await childrenFollow({ of: holder, plus: nir, minus: into }, work);
  if (!children) return tooMany;
  return {
    writes: [
      ...children,
      lookupWrite(fromTag, { holder, rowTag: from.rowTag, by }, from),
      lookupWrite(intoTag, { ...to, free: true }, to),
      ...(await renamed(
        { ...status, ...otherNumbers(status, { plus: intoTag, minus: fromTag }) },
        { nir, action: 'enrolment/restore-nir' },
        work,
      )),
    ],
    outcome: 'updated',
  };
}

const notMerged = refusedAs('into', 'not-merged');
const tooMany = refusedAs('from', 'too-many-children');

/** The person under another number, with the line that tells it. */
async function renamed(status: Status, to: { nir: string; action: string }, { now }: Work) {
  const { holder, department } = status;
  const { next, line } = append<Status>(status, holder, {
    ...{ id: newId(), at: now, actor: { kind: 'system', id: 'import' }, channel: 'file' },
    ...{ action: to.action, object: record(status, {}) },
  });
  const { version } = next;
  const person = { ...(await openPerson(holder)), nir: to.nir };
  const sealed = await sealedPerson(person, { holder, version, department });
  return [
    personWrite({ holder, sealed, version }),
    statusWrite(next, status.version),
    journalWrite(line),
  ];
}

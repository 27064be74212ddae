import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import type { Lookup } from '#shared/record/lookup.ts';
import { findPerson } from '#shared/record/person.ts';
import { noAccountTag } from '#shared/record/tags.ts';
import { absorbed, isNobodys as isNobodysLink, linkOf, type NoAccountOf } from './absorbed.ts';
import { contestWrites } from './contest-store.ts';
import { childrenFollow } from './follow-guardian.ts';
import { namesOfGuardians } from './guardians-names.ts';
import { type Change, type Found, refusedAs, type Work } from './import-outcome.ts';
import { append, record } from './lines.ts';
import { contactsGiven, linkMoved, placeMoved } from './merge-identity.ts';
import { mergedWrite } from './merged-store.ts';
import { hasNumber, numbersMoved } from './numbers.ts';
import { codeVoid, lookupWrite, statusWrite } from './person-store.ts';
import { placeOfNamed, type TaggedChange } from './read-line.ts';
import { type NamesFor, notJoined } from './rules/joined-guardians.ts';
import { mergedStatus } from './rules/merged-status.ts';
import { uninformedAt } from './rules/unrepresented.ts';
import type { Status } from './stored.ts';
import { withheldWrite } from './withheld-store.ts';

type Joining = Extract<TaggedChange, { op: 'merge' | 'split' }>;

const by = { actor: { kind: 'system', id: 'import' }, channel: 'file' } as const;

/**
 * Two records of one person become one (ENR-20): that of `into` takes in that of `from`. The table of states says
 * which state counts. One transaction moves what decides: status, number, account, address; the rooms that hold
 * something of the record follow its line. Children go on naming their guardian by the record that he had: his own
 * says that he is known by both names.
 */
export async function mergedRecords(
  joining: Pick<Joining, 'fromTag' | 'from' | 'into'>,
  { from, to, by: line }: { readonly from: Lookup; readonly to: Lookup; readonly by: Lookup['by'] },
  { found, work }: { readonly found: Found; readonly work: Work },
): Promise<Change> {
  if (to.former) return refusedAs('into', 'replaced');
  const [first, second] = [found.statuses.get(to.holder), found.statuses.get(from.holder)];
  if (!first || !second) return refusedAs('from', 'unknown');
  const noAccountOf = (holder: string) => noAccountTag(work.key, holder);
  const merging = (status: Status) => {
    const linkTag = linkOf(status);
    const isNobodys = isNobodysLink(linkTag, status.holder, noAccountOf);
    return { status: status.status, linkTag, isNobodys };
  };
  const wins = mergedStatus(merging(first), merging(second));
  if (wins.is === 'refused') return refusedAs('into', wins.reason);
  const whyNot = await unlike(first, second);
  if (whyNot) return refusedAs('into', whyNot);
  const { from: gone, into } = joining;
  // Who has a number is named by it: rows would go on to name him by one that is another record's by then.
  if (typeof gone !== 'string' && (await hasNumber(second.holder)))
    return refusedAs('from', 'has-number');
  if (typeof gone === 'string' && typeof into !== 'string' && !(await hasNumber(first.holder)))
    return refusedAs('into', 'has-no-number');
  const namesFor = await namesOfGuardians(first, second);
  const apart = first.child && notJoined({ first, second, wins: wins.of, namesFor });
  if (apart) return refusedAs('into', apart);
  // A child has none.
  const children =
    typeof into === 'string' ? await childrenFollow({ of: second.holder, plus: into }, work) : [];
  if (!children) return refusedAs('from', 'too-many-children');
  return {
    writes: [
      ...(await writesOf(
        { joining, from, line, first, second, wins: wins.of, noAccountOf, namesFor },
        work,
      )),
      ...children,
    ],
    outcome: 'updated',
  };
}

/** Why two records cannot be one person's, or cannot be said to be. */
async function unlike(first: Status, second: Status): Promise<string | undefined> {
  // What it took in would have to be taken in again: that one is parted first.
  if (second.absorbed?.length) return 'has-absorbed';
  if ((first.child === undefined) !== (second.child === undefined)) return 'one-is-child';
  const [one, other] = await Promise.all([findPerson(first.holder), findPerson(second.holder)]);
  // Of somebody deleted nobody knows it any more.
  return one && other && one.birthDate !== other.birthDate ? 'other-birth-date' : undefined;
}

interface Deciding {
  readonly joining: Pick<Joining, 'fromTag' | 'from'>;
  readonly from: Lookup;
  readonly line: Lookup['by'];
  readonly first: Status;
  readonly second: Status;
  readonly wins: 'first' | 'second';
  readonly noAccountOf: NoAccountOf;
  readonly namesFor: NamesFor;
}

async function writesOf(deciding: Deciding, { now }: Work) {
  const { joining, from, line, first, second, wins, noAccountOf, namesFor } = deciding;
  const { fromTag } = joining;
  const [into, gone] = [first.holder, second.holder];
  const reference = newId();
  const at = new Date(now).toISOString();
  const known = { noAccountOf, namesFor };
  // Who was told in a child's place may be out by what stood in the other record (MIN-2).
  const to = uninformedAt(
    absorbed(first, second, { wins, reference, at, nirTag: fromTag, ...known }),
    now,
  );
  const taken = append<Status>(to, into, {
    ...{ id: newId(), at: now, ...by, action: 'enrolment/absorb-record' },
    object: {
      ...record(to, wins === 'first' ? {} : { from: first.status, to: to.status }),
      id: gone,
    },
  });
  const left = append(second, gone, {
    ...{ id: reference, at: now, ...by, action: 'enrolment/merge-record' },
    // It leaves its state and stands in none: the person is counted once.
    object: { ...record(second, { from: second.status }), id: into },
  });
  const contacts = wins === 'second' ? await contactsGiven(gone, to) : undefined;
  const { version, headSeq, headHash } = left.next;
  const { letter, life } = second;
  const signpost = {
    ...{ holder: gone, mergedInto: into, reference, mergedAt: at, version, headSeq, headHash },
    ...(life === undefined ? {} : { life }),
    ...{ before: second, intoBefore: first, wins, gaveContacts: contacts?.hadNone === true },
    ...(to.child?.barred ? { barred: to.child.barred } : {}),
  };
  return [
    lookupWrite(
      placeOfNamed(joining.from, fromTag),
      { holder: into, rowTag: 'merged', former: true, merged: gone, by: line },
      from,
    ),
    statusWrite(taken.next, first.version),
    mergedWrite(signpost, second.version),
    journalWrite(taken.line),
    journalWrite(left.line),
    ...contestWrites([first, second], [taken.next], { at: now }),
    codeVoid(gone),
    ...[
      letter,
      to.letter?.reference === first.letter?.reference ? undefined : first.letter,
    ].flatMap((one) => (one && one.postedOn === undefined ? [withheldWrite(one)] : [])),
    ...(wins === 'second' ? await linkMoved(to, { from: gone, noAccountOf }) : []),
    ...(contacts?.writes ?? []),
    ...(await numbersMoved(second, { from: gone, holder: into, merged: gone })),
    ...(await placeMoved(second, { from: gone, holder: into, merged: gone, led: fromTag })),
  ];
}

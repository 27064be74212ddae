import * as z from 'zod';
import type { Actions } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { contactsEnd, formerAddressEnd } from '#shared/record/contacts.ts';
import { childHint } from '#shared/record/guardians.ts';
import type { Lookup } from '#shared/record/lookup.ts';
import { findPerson } from '#shared/record/person.ts';
import { noAccountTag } from '#shared/record/tags.ts';
import type { NoAccountOf } from './absorbed.ts';
import { contestWrites } from './contest-store.ts';
import { childrenFollow } from './follow-guardian.ts';
import { type Change, refusedAs, type Work } from './import-outcome.ts';
import { append, branchOf, record } from './lines.ts';
import { contactsGiven, linkMoved, placeMoved } from './merge-identity.ts';
import { loadMerged } from './merged-store.ts';
import { numbersMoved } from './numbers.ts';
import { type Parted, parted } from './parted.ts';
import { lookupWrite, statusWrite } from './person-store.ts';
import { placeOfNamed, type TaggedChange } from './read-line.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { guardiansOf } from './rules/judge-child.ts';
import type { Named } from './rules/update-line.ts';
import type { Status } from './stored.ts';
import type { Merged } from './stored-merged.ts';
import { withheldWrite } from './withheld-store.ts';

const { DELETION_DELAYS: delays, SUSPENSION_DAYS: termDays } = env({
  DELETION_DELAYS: json(DeletionDelays),
  SUSPENSION_DAYS: z.coerce.number().int().min(1).max(366),
});

const by = { actor: { kind: 'system', id: 'import' }, channel: 'file' } as const;

type Joining = Extract<TaggedChange, { op: 'merge' | 'split' }>;

interface Joined {
  readonly from: Lookup;
  /** The record that the number had. */
  readonly merged: string;
  /** The record that took it in. */
  readonly status: Status;
  /** The line that parts them. */
  readonly by: Lookup['by'];
}

/**
 * Undoes a merge of two records that was wrong (ENR-20): each number is one person's again, each record stands as the
 * table of partings says, and what is whose account leads to its own. Documents follow by the line.
 */
export async function partedRecords(
  { fromTag, from: nir, into: other }: Pick<Joining, 'fromTag' | 'from' | 'into'>,
  { from, merged: name, status, by: line }: Joined,
  work: Work,
): Promise<Change> {
  const { now } = work;
  // What it holds is half gone.
  if (status.status === 'deleting') return refusedAs('from', 'deletion-under-way');
  const merged = await loadMerged(name);
  // Taken away with a deletion since: there is nobody to give anything back to.
  if (merged.before.status !== 'deleted' && !(await findPerson(name)))
    return refusedAs('from', 'deleted');
  const [own, since] = await followed({ nir, other }, { name, holder: status.holder }, work);
  if (!own || !since) return refusedAs('from', 'too-many-children');
  const reference = newId();
  const at = new Date(now).toISOString();
  const { mergedAt } = merged;
  const partedFrom = { holder: status.holder, reference, mergedAt, at };
  const noAccountOf = (holder: string) => noAccountTag(work.key, holder);
  const both = parted(status, merged, { at: now, delays, termDays, partedFrom, noAccountOf });
  const back = append(both.from, name, {
    ...{ id: reference, at: now, ...by, action: 'enrolment/part-record' },
    object: { ...record(both.from, { to: both.from.status }), id: status.holder },
  });
  const stays = leaving(status, both, { at: now, name });
  const { letter } = status;
  // Also where a block ended that was the other one's: what is printed is nobody's then.
  const isHis = both.into.letter?.reference === letter?.reference;
  const isKeptBack = !isHis && letter && letter.postedOn === undefined;
  return {
    writes: [
      lookupWrite(placeOfNamed(nir, fromTag), { holder: name, rowTag: 'parted', by: line }, from),
      statusWrite(back.next, merged.version),
      statusWrite(stays.next, status.version),
      ...contestWrites([status], [back.next, stays.next], { at: now }),
      journalWrite(back.line),
      ...stays.lines.map(journalWrite),
      ...(isKeptBack ? [withheldWrite(letter)] : []),
      ...hintsOf(both.from),
      ...own,
      ...since,
      ...(await identityBack(both, merged, noAccountOf)),
      ...(await numbersMoved(merged.before, { from: status.holder, holder: name })),
      ...(await placeMoved(merged.before, { from: status.holder, holder: name, led: fromTag })),
    ],
    outcome: 'updated',
  };
}

/** What children of the one and of the other follow; a child has none. */
async function followed(
  { nir, other }: { readonly nir: Named; readonly other: Named },
  { name, holder }: { readonly name: string; readonly holder: string },
  work: Work,
) {
  if (typeof nir !== 'string' || typeof other !== 'string') return [[], []];
  const numbers = { plus: nir, minus: other };
  return Promise.all([
    childrenFollow({ of: name, ...numbers }, work),
    // Rows under the number that stays have attached them to its record meanwhile.
    childrenFollow({ of: holder, ...numbers, backTo: name }, work),
  ]);
}

/** Who joined while the two were one has a hint to the record that stays only. */
function hintsOf(status: Status): Actions {
  const invited = 'second' in status && status.second ? [status.second] : [];
  const all = [...guardiansOf(status), ...invited].map(({ holder }) => holder);
  return [...new Set(all)].map((guardian) => childHint({ guardian, child: status.holder }));
}

/** Two lines where the record is counted elsewhere from now on, as it left its wave: one leaves, one arrives. */
function leaving(
  before: Status,
  { into, goesBack }: Parted,
  { at, name }: { readonly at: number; readonly name: string },
) {
  const moves = into.wave !== before.wave;
  const first = append<Status>(into, into.holder, {
    ...{ id: newId(), at, ...by, action: 'enrolment/release-record' },
    object: {
      ...record(
        before,
        goesBack ? { from: before.status, ...(moves ? {} : { to: into.status }) } : {},
      ),
      id: name,
    },
  });
  if (!moves) return { next: first.next, lines: [first.line] };
  const second = append(first.next, into.holder, {
    ...{ id: newId(), at, ...by, action: 'enrolment/leave-wave' },
    object: record(into, { to: into.status }),
  });
  return { next: second.next, lines: [first.line, second.line] };
}

/** Account and confirmed address of the one that is one of its own again; the other one keeps neither of them. */
async function identityBack(
  { from, into, goesBack }: Parted,
  merged: Merged,
  noAccountOf: NoAccountOf,
) {
  const links = await linkMoved(from, { from: into.holder, noAccountOf });
  // Whoever has it by now by a code of his own: what the other one had confirmed before is not his.
  if (!goesBack && merged.gaveContacts)
    return [...links, ...(await formerAddressEnd(into.holder, branchOf(into.department)))];
  if (!goesBack || !merged.gaveContacts) return links;
  const contacts = await contactsGiven(into.holder, from);
  return [...links, ...contacts.writes, contactsEnd(into.holder)];
}

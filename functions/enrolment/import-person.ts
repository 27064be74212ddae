import type { KeyObject } from 'node:crypto';
import { genesis } from '#shared/journal/line.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { newId } from '#shared/random.ts';
import { attachedEnd, attachedWrite } from '#shared/record/attached.ts';
import type { Lookup } from '#shared/record/lookup.ts';
import type { Person } from '#shared/record/person.ts';
import { namesOf } from '#shared/record/standing.ts';
import { activeKeyMade } from '#shared/sealing/branch-keys.ts';
import { seal } from '#shared/sealing/envelope.ts';
import { noteDeadline } from './deadline-store.ts';
import { type ChildTags, childFactsOf, childLookupWrites, majorityOf } from './import-child.ts';
import type { Work } from './import-outcome.ts';
import { append, branchOf, record } from './lines.ts';
import { lookupWrite, personWrite, statusWrite } from './person-store.ts';
import { cohortOf } from './rules/cohort.ts';
import { deadlineFollows } from './rules/deadline-follows.ts';
import type { InsuredRow } from './rules/insured-row.ts';
import { type Play, played } from './rules/played.ts';
import { toldAnew, uninformedAt } from './rules/unrepresented.ts';
import type { Status } from './stored.ts';
import { birthTag, cardTag } from './tags.ts';
import { keptBack } from './withheld-store.ts';

/** A row with what identifies it: fingerprints of the NIR and of the whole row. */
export interface TaggedRow {
  readonly row: InsuredRow;
  /** Of which regime he is, where that was told. */
  readonly regime?: string;
  /** Empty for a child who has no NIR yet. */
  readonly nirTag: string;
  readonly rowTag: string;
  readonly child?: ChildTags | undefined;
}

/** What of a row's fingerprints is known already. */
export interface Found {
  /** Also what is left of a number that was told as somebody's wrongly. */
  readonly own: Lookup | undefined;
  readonly asChild: Lookup | undefined;
  /** Of a child: whom it is attached to. */
  readonly guardian: Status | undefined;
}

const by = { actor: { kind: 'system', id: 'import' }, channel: 'file' } as const;

/** Seals a row as a person's identity under the branch key of his département. */
async function sealedRow(
  { row, regime }: Pick<TaggedRow, 'row' | 'regime'>,
  at: { holder: string; version: number },
): Promise<Uint8Array> {
  const { department, cardSerial: _card, child: _child, email, sex, ...rest } = row;
  const person: Person = { ...rest, sex: sex === 'F' ? 'F' : 'M', ...(email ? { email } : {}) };
  return sealedPerson({ ...person, ...(regime ? { regime } : {}) }, { ...at, department });
}

/** An identity sealed for its holder and version under the branch key of a département. */
export async function sealedPerson(
  person: Person,
  { holder, version, department }: { holder: string; version: number; department: string },
): Promise<Uint8Array> {
  const branch = await activeKeyMade(branchOf(department), 'enrolment');
  return seal(Buffer.from(JSON.stringify(person)), branch, { holder, kind: 'person', version });
}

/** A child is informed by whatever way reaches his guardian (ENR-4). */
const facts = (
  { row, child }: TaggedRow,
  holder: string,
  {
    key,
    guardian,
    former,
  }: { key: KeyObject; guardian: Status | undefined; former?: Status['child'] },
): Pick<
  Status,
  'department' | 'cohort' | 'informBy' | 'byText' | 'cardTag' | 'birthTag' | 'child'
> => ({
  department: row.department,
  cohort: cohortOf(row.birthDate),
  informBy: guardian ? guardian.informBy : row.email ? 'mail' : 'letter',
  ...((guardian ? guardian.byText : row.mobile) ? { byText: true as const } : {}),
  cardTag: cardTag(key, holder, row.cardSerial),
  birthTag: birthTag(key, holder, row.birthDate),
  ...(child && guardian
    ? { child: childFactsOf(row, { tag: child.tag, guardian, former }) }
    : former
      ? { child: { ...former, ...majorityOf(row.birthDate) } }
      : {}),
});

/** The lookups that lead to a person: by his NIR where he has one, by his guardian's where he is a child. */
function lookups(
  tagged: TaggedRow,
  holder: string,
  { found, former, play }: { found: Found; former?: Status['child']; play: Play },
) {
  const { rowTag } = tagged;
  const next = { holder, rowTag, by: played(found.own ?? found.asChild, rowTag, play) };
  return [
    ...(tagged.nirTag === '' ? [] : [lookupWrite(tagged.nirTag, next, found.own)]),
    ...(tagged.child
      ? childLookupWrites({ tag: tagged.child.tag, next, found: found.asChild, former })
      : []),
    ...(tagged.child && found.guardian ? attachments(holder, found.guardian.holder, former) : []),
  ];
}

/** By what the children of a guardian are known when his number is replaced. */
const attachments = (child: string, guardian: string, former: Status['child']) => [
  attachedWrite({ guardian, child }),
  ...(former === undefined || former.attachedTo === guardian
    ? []
    : [attachedEnd({ guardian: former.attachedTo, child })]),
];

/** The actions that make a person known. */
export async function addition(tagged: TaggedRow, found: Found, { key, now, play }: Work) {
  const holder = newId();
  const before: Status = {
    status: 'known',
    holder,
    version: 0,
    headSeq: genesis.seq,
    headHash: genesis.hash,
    ...facts(tagged, holder, { key, guardian: found.guardian }),
  };
  const { next, line } = append(before, holder, {
    id: newId(),
    at: now,
    ...by,
    action: 'enrolment/import-insured',
    object: record(before, { to: 'known' }),
  });
  const { version } = next;
  return [
    ...lookups(tagged, holder, { found, play }),
    personWrite({ holder, sealed: await sealedRow(tagged, { holder, version }), version }),
    statusWrite(next, undefined),
    journalWrite(line),
  ];
}

/** The actions that bring a known person up to date; his status stays, and the day that he was told as his last. */
export async function update(
  tagged: TaggedRow,
  found: Found & { readonly status: Status },
  { key, now, play }: Work,
) {
  const { holder, child } = found.status;
  const known = facts(tagged, holder, { key, guardian: found.guardian, former: child });
  const names = found.guardian ? namesOf(found.guardian) : [];
  const { changed, lines } = updated(found.status, known, { at: now, names });
  const { version } = changed;
  // Noted before anybody has it, so that the opening cannot miss it.
  if (changed.status === 'invited' && !isUnder(changed.deadlineAt, found.status))
    await noteDeadline(changed.deadlineAt);
  return [
    ...lookups(tagged, holder, { found, former: child, play }),
    personWrite({ holder, sealed: await sealedRow(tagged, { holder, version }), version }),
    statusWrite(changed, found.status.version),
    ...keptBack(found.status, changed),
    ...lines.map(journalWrite),
  ];
}

const isUnder = (deadlineAt: string, before: Status): boolean =>
  'deadlineAt' in before && before.deadlineAt === deadlineAt;

/** `names`: all by which the guardian is known whom a row tells. */
function updated(
  before: Status,
  now: ReturnType<typeof facts>,
  { at, names }: { at: number; names: readonly string[] },
) {
  // Insured again, if he was not.
  const { wave, leftAt: _left, byText: _text, ...rest } = before;
  // Not informed yet, and now elsewhere or with an address: a coming wave takes the person again.
  const informed = before.status !== 'known';
  const keepsWave = informed || (before.department === now.department && now.informBy === 'letter');
  // A row may attach a child to who has lost his authority: he is told nothing (MIN-2).
  const told: Status = { ...rest, ...now, ...(keepsWave && wave !== undefined ? { wave } : {}) };
  const changed = uninformedAt(toldAnew(told, { former: before.child, names }), at);
  const waits = changed.status === 'invited' && changed.uninformed;
  if (changed.status === 'invited' && (waits === 'returned' || waits === 'left'))
    changed.uninformed = 'readdressed';
  if (changed.status === 'deleted') changed.namedAgain = true;
  // A wrong birth date had made him one of age: his guardians come back with a code.
  if (changed.child && isMinor(changed.child, at)) delete changed.cameOfAgeAt;
  const moved = before.department !== changed.department || before.wave !== changed.wave;
  const lines: JournalLine[] = [];
  let last = deadlineFollows(changed, at);
  const tell = (action: string, object: ReturnType<typeof record>) => {
    const { next, line } = append(last, last.holder, { id: newId(), at, ...by, action, object });
    lines.push(line);
    last = next;
  };
  const { status } = before;
  // Two lines where the person is counted elsewhere from now on: one leaves, one arrives.
  if (moved) tell('enrolment/regroup-insured', record(before, { from: status }));
  tell(
    'enrolment/update-insured',
    moved ? record(changed, { to: status }) : record(changed, { from: status, to: status }, before),
  );
  return { changed: last, lines };
}

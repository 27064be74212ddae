import type { KeyObject } from 'node:crypto';
import { genesis } from '#shared/journal/line.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import type { Lookup } from '#shared/record/lookup.ts';
import type { Person } from '#shared/record/person.ts';
import { activeKeyMade } from '#shared/sealing/branch-keys.ts';
import { seal } from '#shared/sealing/envelope.ts';
import { append, branchOf, record } from './lines.ts';
import { lookupWrite, personWrite, statusWrite } from './person-store.ts';
import { cohortOf } from './rules/cohort.ts';
import type { InsuredRow } from './rules/insured-row.ts';
import type { Status } from './stored.ts';
import { birthTag, cardTag } from './tags.ts';

/** A row with what identifies it: fingerprints of the NIR and of the whole row. */
export interface TaggedRow {
  readonly row: InsuredRow;
  readonly regime?: string;
  readonly nirTag: string;
  readonly rowTag: string;
}

interface Importing {
  readonly key: KeyObject;
  readonly now: number;
}

const by = { actor: { kind: 'system', id: 'import' }, channel: 'file' } as const;

/** Seals a row as a person's identity under the branch key of his département. */
async function sealedRow(
  { row, regime }: Pick<TaggedRow, 'row' | 'regime'>,
  at: { holder: string; version: number },
): Promise<Uint8Array> {
  const { department, cardSerial: _card, email, sex, ...rest } = row;
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

const facts = (row: InsuredRow, holder: string, key: KeyObject) => ({
  department: row.department,
  cohort: cohortOf(row.birthDate),
  informBy: row.email ? ('mail' as const) : ('letter' as const),
  cardTag: cardTag(key, holder, row.cardSerial),
  birthTag: birthTag(key, holder, row.birthDate),
});

/** The actions that make a person known; `free` is what is left of a number that was told as his wrongly. */
export async function addition(
  { row, regime, ...tags }: TaggedRow,
  { key, now }: Importing,
  free?: Lookup,
) {
  const holder = newId();
  const before: Status = {
    status: 'known',
    holder,
    version: 0,
    headSeq: genesis.seq,
    headHash: genesis.hash,
    ...facts(row, holder, key),
  };
  const { next, line } = append(before, holder, {
    id: newId(),
    at: now,
    ...by,
    action: 'enrolment/import-insured',
    object: record(before, { to: 'known' }),
  });
  const { version } = next;
  const of = { row, ...(regime ? { regime } : {}) };
  return [
    lookupWrite(tags.nirTag, { holder, rowTag: tags.rowTag }, free),
    personWrite({ holder, sealed: await sealedRow(of, { holder, version }), version }),
    statusWrite(next, undefined),
    journalWrite(line),
  ];
}

/** The actions that bring a known person up to date; his status and deadline stay. */
export async function update(
  { row, regime, ...tags }: TaggedRow,
  found: { lookup: Lookup; status: Status },
  { key, now }: Importing,
) {
  const { holder } = found.status;
  const { changed, lines } = updated(found.status, facts(row, holder, key), now);
  const { version } = changed;
  const of = { row, ...(regime ? { regime } : {}) };
  return [
    lookupWrite(tags.nirTag, { holder, rowTag: tags.rowTag }, found.lookup),
    personWrite({ holder, sealed: await sealedRow(of, { holder, version }), version }),
    statusWrite(changed, found.status.version),
    ...lines.map(journalWrite),
  ];
}

function updated(before: Status, now: ReturnType<typeof facts>, at: number) {
  // Insured again, if he was not.
  const { wave, leftAt: _left, ...rest } = before;
  // Not informed yet, and now elsewhere or with an address: a coming wave takes the person again.
  const informed = before.status !== 'known';
  const keepsWave = informed || (before.department === now.department && now.informBy === 'letter');
  const changed: Status = { ...rest, ...now, ...(keepsWave && wave !== undefined ? { wave } : {}) };
  const waits = changed.status === 'invited' && changed.uninformed;
  if (changed.status === 'invited' && (waits === 'returned' || waits === 'left'))
    changed.uninformed = 'readdressed';
  const moved = before.department !== changed.department || before.wave !== changed.wave;
  const lines: JournalLine[] = [];
  let last = changed;
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

import { createSecretKey, hash, type KeyObject } from 'node:crypto';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { hashCode } from '#functions/enrolment/hash-code.ts';
import { append, record } from '#functions/enrolment/lines.ts';
import { codeWrite, lookupWrite, statusWrite } from '#functions/enrolment/person-store.ts';
import type { Invited, Status } from '#functions/enrolment/stored.ts';
import type { Code, CodeHash } from '#functions/enrolment/stored-code.ts';
import { birthTag, cardTag, rowTag } from '#functions/enrolment/tags.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { genesis } from '#shared/journal/line.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { codeOf } from '#shared/kernel/code.ts';
import { idOf } from '#shared/kernel/ids.ts';
import { nirKey } from '#shared/kernel/nir.ts';
import { nirTag } from '#shared/record/tags.ts';

/** People to be made: known and then invited, as import and sending would have left them. */
export interface Cohort {
  /** The same name gives the same people. */
  readonly name: string;
  readonly people: number;
  readonly department: string;
  readonly wave: string;
  readonly informedAt: string;
  readonly deadlineAt: string;
  /** The room's secrets, for people who are to use their code; others get one that fits nobody. */
  readonly secrets?: {
    readonly lookup: KeyObject;
    readonly pepper: KeyObject;
    readonly params: CodeHash;
  };
}

/** Somebody as he is written: as he was made, or as he stands by now. */
export type WrittenPerson = Omit<InvitedPerson, 'status'> & { readonly status: Status };

export interface InvitedPerson {
  readonly nir: string;
  readonly cardSerial: string;
  /** The provisional code as it would stand in the mail. */
  readonly written: string;
  readonly status: Invited;
  readonly code: Code;
  readonly nirTag: string;
  readonly rowTag: string;
  readonly lines: readonly JournalLine[];
}

const nobodysKey = createSecretKey(Buffer.alloc(32));
const nobodysHash: CodeHash = { memoryKiB: 1024, passes: 1, parallelism: 1 };

/** Makes invited people, each with a chain of two lines behind his head; writes nothing. */
export async function invitedPeople(cohort: Cohort): Promise<InvitedPerson[]> {
  const made: InvitedPerson[] = [];
  for (let at = 0; at < cohort.people; at++) made.push(await invitedPerson(cohort, at));
  return made;
}

async function invitedPerson(cohort: Cohort, at: number): Promise<InvitedPerson> {
  const { department, wave, informedAt, deadlineAt, secrets } = cohort;
  const bytes = (what: string) => hash('sha256', `${cohort.name} ${at} ${what}`, 'buffer');
  const digits = (what: string, length: number) =>
    String(bytes(what).readUIntBE(0, 6)).padStart(length, '0').slice(-length);
  const key = secrets?.lookup ?? nobodysKey;
  const holder = idOf(bytes('holder'));
  const thirteen = `28505${department.padEnd(2, '1').slice(0, 2)}${digits('nir', 6)}`;
  const nir = thirteen + nirKey(thirteen);
  const cardSerial = digits('card', 11);
  const before: Status = {
    status: 'known',
    holder,
    version: 0,
    headSeq: genesis.seq,
    headHash: genesis.hash,
    department,
    informBy: 'mail',
    cohort: '1980',
    cardTag: cardTag(key, holder, cardSerial),
    birthTag: birthTag(key, holder, '1985-05-12'),
  };
  const act = (name: string) => ({ id: idOf(bytes(name)), at: Date.parse(informedAt) });
  const known = append(before, holder, {
    ...act('import'),
    actor: { kind: 'system', id: 'import' },
    channel: 'file',
    action: 'enrolment/import-insured',
    object: record(before, { to: 'known' }),
  });
  const to: Invited = { ...known.next, status: 'invited', wave, informedAt, deadlineAt };
  const invited = append(to, holder, {
    ...act('send'),
    actor: { kind: 'system', id: 'sending' },
    channel: 'mail',
    action: 'enrolment/send-invitation',
    object: record(to, { from: 'known', to: 'invited' }),
  });
  const written = codeOf(bytes('code'));
  const params = secrets?.params ?? nobodysHash;
  const salt = bytes('salt').subarray(0, 16);
  const hashed = secrets
    ? await hashCode(written, { salt, params, pepper: secrets.pepper })
    : bytes('hash');
  const current = {
    ...{ salt, hash: hashed, params, generation: 1, failures: 0 },
    ...{ sentAt: informedAt, validUntil: deadlineAt },
  };
  return {
    ...{ nir, cardSerial, written, status: invited.next, lines: [known.line, invited.line] },
    code: { holder, revision: 2, current },
    nirTag: nirTag(key, nir),
    rowTag: rowTag(key, [nir, cardSerial]),
  };
}

type Item = Record<string, unknown>;
type Wanted = 'lookup' | 'status' | 'code' | 'journal';

/** Writes people as they stand, past all rules: 25 items a call. `parts` leaves out what is not needed. */
export async function writeInvited(
  dynamo: DynamoDBDocumentClient,
  people: readonly WrittenPerson[],
  parts: readonly Wanted[] = ['lookup', 'status', 'code', 'journal'],
): Promise<void> {
  const puts = people.flatMap((one) => {
    const { holder } = one.status;
    const all: Record<Wanted, { Put: { TableName: string; Item: Item } }[]> = {
      lookup: [lookupWrite(one.nirTag, { holder, rowTag: one.rowTag }, undefined)],
      status: [statusWrite(one.status, undefined)],
      code: [codeWrite(one.code, undefined)],
      journal: one.lines.map(journalWrite),
    };
    return parts.flatMap((part) => all[part].map(({ Put }) => Put));
  });
  const batches = Array.from({ length: Math.ceil(puts.length / 25) }, (_, at) =>
    puts.slice(25 * at, 25 * at + 25),
  );
  await inLanes(batches, 4, async (batch) => {
    const byTable = Map.groupBy(batch, ({ TableName }) => TableName);
    const RequestItems = Object.fromEntries(
      [...byTable].map(([table, items]) => [
        table,
        items.map(({ Item }) => ({ PutRequest: { Item } })),
      ]),
    );
    const { UnprocessedItems } = await dynamo.send(new BatchWriteCommand({ RequestItems }));
    if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('not all was written');
  });
}

import './in-process.ts';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { branchOf } from '#functions/enrolment/lines.ts';
import { noticePk, noticeSk } from '#functions/notices/notice-store.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { transact } from '#shared/aws/transact.ts';
import { appendLine } from '#shared/journal/append.ts';
import { laneOf } from '#shared/journal/lanes.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import { newId } from '#shared/random.ts';
import { contactsWrite } from '#shared/record/contacts.ts';
import { linkWrite } from '#shared/record/link.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { statusKey } from '#shared/record/table.ts';
import { linkTag } from '#shared/record/tags.ts';
import { plant } from '../enrolment/races/plant.ts';
import { world } from './in-process.ts';

/** Where no wave of another test goes. */
const department = '95';

export interface Wished {
  readonly status?: StatusWord;
  /** Until when an invited person may object (ISO). */
  readonly deadlineAt?: string;
  /** The insurer's address; none when empty. */
  readonly email?: string;
  /** The insurer's mobile number. */
  readonly mobile?: string;
  /** Addresses confirmed one after the other. */
  readonly confirmed?: readonly string[];
  /** Subject of the account that is linked to the record. */
  readonly linkedTo?: string;
}

/** Moves a record to a status, linked to an account where one is named; the account's fingerprint. */
export async function standsAs(
  holder: string,
  {
    status,
    linkedTo,
    deadlineAt,
  }: { status: StatusWord; linkedTo: string | undefined; deadlineAt?: string | undefined },
): Promise<string | undefined> {
  const tag = linkedTo && linkTag(await secretMade('lookup'), 'holder', linkedTo);
  await dynamo.send(
    new UpdateCommand({
      TableName: world.physical('ENROLMENT_TABLE'),
      Key: statusKey(holder),
      UpdateExpression: `SET #status = :status${tag ? ', linkTag = :tag' : ''}${
        deadlineAt ? ', deadlineAt = :deadlineAt' : ''
      } REMOVE duePk, dueSk`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':status': status,
        ...(tag ? { ':tag': tag } : {}),
        ...(deadlineAt ? { ':deadlineAt': deadlineAt } : {}),
      },
    }),
  );
  return tag;
}

/** Somebody whose record stands as wished, as the other rooms would have left it. */
export async function holderWith(wished: Wished = {}): Promise<{ holder: string; email: string }> {
  const { status = 'open', email, mobile, confirmed = [], linkedTo, deadlineAt } = wished;
  const [one] = await plant(1, {
    department,
    ...(email === undefined ? {} : { email }),
    ...(mobile === undefined ? {} : { mobile }),
  });
  if (!one) throw new Error('nobody');
  const { holder } = one;
  const tag = await standsAs(holder, { status, linkedTo, deadlineAt });
  if (tag) await transact([linkWrite(tag, { holder, linkedAt: '2022-02-01T00:00:00.000Z' })]);
  for (const each of confirmed)
    await transact([await contactsWrite({ holder, email: each, branch: branchOf(department) })]);
  return { holder, email: one.email };
}

/** Writes a line as another room would; the world carries its fact to whoever answers it. */
export function lineFor(
  holder: string,
  action = 'documents/deposit-document',
  change: Partial<JournalLine> = {},
): Promise<JournalLine> {
  const { at = '2022-02-07T09:00:00.000Z', ...rest } = change;
  const actor = { kind: 'establishment', id: 'establishment-0001' } as const;
  return appendLine({
    ...{ id: newId(), holder, lane: laneOf(actor.id), at: Date.parse(at), actor },
    channel: 'api',
    action,
    object: { kind: 'document', id: newId() },
    ...{ outcome: 'done', policy: 'access-1', visible: 'holder' },
    ...rest,
  });
}

/** The notice's item as it lies in the table. */
export async function noticeAt({ holder, notice }: { holder: string; notice: string }) {
  const get = new GetCommand({
    TableName: world.physical('NOTICES_TABLE'),
    Key: { pk: noticePk(holder), sk: noticeSk(notice) },
    ConsistentRead: true,
  });
  return (await dynamo.send(get)).Item;
}

/** What the room says in the journal of its own mails. */
export async function saidOf(holder: string): Promise<string[]> {
  const { loadSince } = await import('#shared/journal/head.ts');
  const { lines } = await loadSince({ holder, lane: laneOf('notices'), seq: 1 });
  return lines
    .filter(({ action }) => action === 'notices/tell-holder')
    .map(({ outcome, reason }) => `${outcome} ${reason}`);
}

let addresses = 0;
/** An address of which no other test knows. */
export const address = (domain = 'example.org') =>
  `n${process.pid}-${Date.now()}-${addresses++}@${domain}`;

import '#test/notices/in-process.ts';
import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { loadCertificate } from '#functions/enrolment/certificate-store.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { s3 } from '#shared/aws/s3.ts';
import { branchOfHolder } from '#shared/sealing/holder-branch.ts';
import { world } from '../races/in-process.ts';
import { leaving } from '../races/leaving.ts';
import { standing } from '../races/standing.ts';

const department = '82';
const Bucket = world.physical('VAULT_BUCKET');

afterEach(() => world.clearFaults());

/** Each kind of write on the way of a deletion, and what tells it from others. */
const writes: readonly (readonly [caller: string, action: string, contains?: string])[] = [
  ['enrolment-clock', 'sqs:SendMessageBatch'],
  ['enrolment-deletion', 'dynamodb:PutItem', 'WORK#DELETION'],
  ['enrolment-deletion', 'dynamodb:TransactWriteItems', '"enrolment/remind-deletion"'],
  ['enrolment-deletion', 'dynamodb:TransactWriteItems', '"enrolment/begin-deletion"'],
  ['enrolment-deletion', 'dynamodb:TransactWriteItems', '"enrolment/finish-deletion"'],
  ['enrolment-deletion', 'dynamodb:TransactWriteItems', '"enrolment/tell-deletion"'],
  ['enrolment-deletion', 'kms:Sign'],
  ['documents-facts', 'dynamodb:PutItem', '"ERASURE"'],
  ['documents-facts', 'dynamodb:PutItem', '"documents/destroy-key"'],
  ['documents-facts', 'dynamodb:PutItem', '"documents/erase-record"'],
  ['documents-facts', 'dynamodb:DeleteItem', 'branch-key-id'],
  ['documents-facts', 'dynamodb:DeleteItem', 'DOC#'],
  ['documents-facts', 's3:DeleteObject'],
  ['notices-facts', 'dynamodb:DeleteItem', 'NOTICE#'],
  ['notices-facts', 'dynamodb:PutItem', '"notices/erase-record"'],
];

const put = (table: string, Item: Record<string, unknown>) =>
  dynamo.send(new PutCommand({ TableName: world.physical(table), Item }));
const count = async (table: string, name: string, value: string) => {
  const query = new QueryCommand({
    TableName: world.physical(table),
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': name },
    ExpressionAttributeValues: { ':pk': value },
    ConsistentRead: true,
  });
  return (await dynamo.send(query)).Count;
};

test.each([
  ['lost-ack', 1],
  ['throttle', 4],
  ['kill', 1],
] as const)(
  'ENR-43, ENR-47: every write of a deletion that meets a %s (%i times) has one effect, and all is erased',
  async (kind, times) => {
    // Three weeks ago, so that fewer days have to pass here.
    const closedAt = Date.parse(await world.now()) - 21 * 86_400_000;
    const [one] = await leaving(1, { department, closedAt, deletion: true });
    if (!one) throw new Error('nobody');
    const { holder, nir } = one;
    const branch = branchOfHolder(holder);
    // As a deposit leaves them; nothing here is opened.
    await put('DOCUMENTS_TABLE', { pk: `H#${holder}`, sk: 'DOC#d1' });
    await put('KEYS_TABLE', { 'branch-key-id': branch, type: 'branch:ACTIVE' });
    await s3.send(new PutObjectCommand({ Bucket, Key: `${holder}/d1/1`, Body: 'sealed' }));
    await world.idle();
    for (const [caller, action, contains] of writes)
      await world.plant({
        ...{ caller, action, kind, times },
        ...(contains === undefined ? {} : { if: { contains } }),
      });
    await world.move('+19d');
    await world.idle();
    const unhurt = (await world.faults()).map(({ fired }, at) => [writes[at], fired] as const);
    expect(unhurt.filter(([, fired]) => fired === 0)).toEqual([]);

    const { status, told } = await standing(holder);
    expect(status).toMatchObject({ status: 'deleted', life: 1 });
    expect(told.slice(-4)).toEqual([
      ...['remind-deletion', 'begin-deletion', 'finish-deletion', 'tell-deletion'],
    ]);
    expect([
      await count('DOCUMENTS_TABLE', 'pk', `H#${holder}`),
      await count('NOTICES_TABLE', 'pk', `H#${holder}`),
      await count('KEYS_TABLE', 'branch-key-id', branch),
      await count('IDENTITY_TABLE', 'pk', `H#${holder}`),
    ]).toEqual([0, 0, 0, 0]);
    const listed = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: `${holder}/` }));
    expect([listed.Versions, listed.DeleteMarkers]).toEqual([undefined, undefined]);
    expect((await loadCertificate(holder, 1))?.certificate).toMatchObject({
      ...{ record: holder, documents: 1, versions: 1 },
    });
    const mails = await world.mails({ to: `neuf-${nir}@exemple.invalid` });
    const last = mails.filter(({ subject }) => subject.endsWith('est supprimé'));
    expect([1, 2]).toContain(last.length);
  },
  240_000,
);

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { lineOf } from '#shared/journal/read.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { deposit, pdf } from './deposits.ts';
import { record, type Titled, world } from './record.ts';
import { codesOf, deposits, Found, Kept, reads, searches } from './talk.ts';

const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(world.aws()));
const s3 = new S3Client({ ...world.aws(), forcePathStyle: true });
const table = () => world.physical('DOCUMENTS_TABLE');
const Bucket = world.physical('VAULT_BUCKET');

let holder: Titled;
beforeAll(async () => {
  holder = await record({ citizen: 'camille' });
});
afterEach(() => world.clearFaults());

/** Every line of a holder, each lane whole and in order. */
async function linesOf({ holder: of }: Titled) {
  const lanes = Array.from({ length: 9 }, (_, lane) => lane);
  const all = await Promise.all(
    lanes.map(async (lane) => {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: world.physical('JOURNAL_TABLE'),
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': `${of}#${String(lane).padStart(2, '0')}` },
          ConsistentRead: true,
        }),
      );
      const lines = Items.map(lineOf);
      expect(verifyChain(lines).ok).toBe(true);
      return lines;
    }),
  );
  return all.flat();
}
const actionsOf = async (of: Titled, document: string) =>
  (await linesOf(of)).filter(({ object }) => object.id === document).map(({ action }) => action);
const idOf = (body: unknown) => Kept.parse(body).id;

describe('a deposit whose acknowledgement is lost', () => {
  test.each([
    ['of the vault', 's3:PutObject'],
    ['of the transaction', 'dynamodb:TransactWriteItems'],
  ])('%s is one document with one line', async (_, action) => {
    const before = Found.parse((await searches('camille')).body).total;
    await world.plant({ caller: 'documents-api', action, kind: 'lost-ack', times: 1 });
    const { status, body } = await deposits('laboratoire', deposit(holder.nir));
    expect(status).toBe(201);
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    expect(await actionsOf(holder, idOf(body))).toEqual(['documents/deposit-document']);
    expect(Found.parse((await searches('camille')).body).total).toBe(before + 1);
  });

  test('of the holder’s first key is one key', async () => {
    const first = await record({ citizen: 'lucien' });
    await world.plant({
      caller: 'documents-api',
      action: 'dynamodb:TransactWriteItems',
      kind: 'lost-ack',
      times: 1,
      if: { contains: 'branch-key-id' },
    });
    const { status, body } = await deposits('laboratoire', deposit(first.nir));
    expect(status).toBe(201);
    expect((await reads('lucien', `Binary/${idOf(body)}`)).status).toBe(200);
  });
});

describe('a deposit whose function dies', () => {
  test.each([
    ['before the vault', 's3:PutObject', 'before'],
    ['after the vault', 's3:PutObject', 'after'],
    ['before the transaction', 'dynamodb:TransactWriteItems', 'before'],
    ['after the transaction', 'dynamodb:TransactWriteItems', 'after'],
  ] as const)('%s, and is sent again, is one document with one line', async (_, action, when) => {
    const sent = deposit(holder.nir);
    const before = Found.parse((await searches('camille')).body).total;
    await world.plant({ caller: 'documents-api', action, kind: 'kill', when, times: 1 });
    expect((await deposits('laboratoire', sent)).status).toBeGreaterThanOrEqual(500);
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    await world.clearFaults();
    const again = await deposits('laboratoire', sent);
    expect(again.status).toBe(action.startsWith('dynamodb') && when === 'after' ? 200 : 201);
    expect(await actionsOf(holder, idOf(again.body))).toEqual(['documents/deposit-document']);
    expect(Found.parse((await searches('camille')).body).total).toBe(before + 1);
  });
});

describe('a deposit that fails', () => {
  test.each([
    ['the vault', 's3:PutObject'],
    ['the journal', 'dynamodb:TransactWriteItems'],
    ['the lookup of its identifier', 'dynamodb:GetItem'],
  ])(
    'for want of %s leaves nothing to be seen, and passes when it is sent again',
    async (_, action) => {
      const sent = deposit(holder.nir);
      const before = (await linesOf(holder)).length;
      await world.plant({ caller: 'documents-api', action, kind: 'throttle', times: 100 });
      const failed = await deposits('laboratoire', sent);
      expect([failed.status, codesOf(failed.body)]).toEqual([503, ['request/try-again']]);
      await world.clearFaults();
      expect((await linesOf(holder)).length).toBe(before);
      const passed = await deposits('laboratoire', sent);
      expect(passed.status).toBe(201);
      expect(await actionsOf(holder, idOf(passed.body))).toEqual(['documents/deposit-document']);
    },
  );
});

describe('a read', () => {
  let id: string;
  beforeAll(async () => {
    id = idOf((await deposits('laboratoire', deposit(holder.nir))).body);
  });
  const kinds = () =>
    [
      ['documents-api', () => reads('camille', `DocumentReference/${id}`)],
      ['documents-stream', () => reads('camille', `Binary/${id}`)],
      ['documents-api', () => searches('camille')],
    ] as const;

  test('shows nothing when its line cannot be written', async () => {
    for (const [caller, read] of kinds()) {
      await world.plant({ caller, action: 'dynamodb:PutItem', kind: 'throttle', times: 100 });
      const { status, text } = await read();
      await world.clearFaults();
      expect(status).toBe(503);
      expect(text).not.toMatch(/Bilan|PDF|Hémoglobine/);
    }
  });

  test('whose line’s acknowledgement was lost is answered, with one line', async () => {
    const before = await linesOf(holder);
    for (const [caller, read] of kinds()) {
      await world.plant({ caller, action: 'dynamodb:PutItem', kind: 'lost-ack', times: 1 });
      expect((await read()).status).toBe(200);
      await world.clearFaults();
    }
    const lines = await linesOf(holder);
    expect(lines.length).toBe(before.length + 3);
    expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length);
  });

  test('is refused while the vault or the keys are down, and told once they are back', async () => {
    await world.plant({
      caller: 'documents-stream',
      action: 's3:GetObject',
      kind: 'throttle',
      times: 100,
    });
    const refused = await reads('camille', `Binary/${id}`);
    expect([refused.status, refused.headers['content-type']]).toEqual([
      503,
      'application/fhir+json; charset=utf-8',
    ]);
    await world.clearFaults();
    expect((await reads('camille', `Binary/${id}`)).status).toBe(200);
  });
});

describe('what was sealed', () => {
  const key = (of: Titled, id: string) => ({ pk: `H#${of.holder}`, sk: `DOC#${id}` });
  const itemOf = async (of: Titled, id: string) =>
    z
      .looseObject({ sealed: z.instanceof(Uint8Array) })
      .parse((await dynamo.send(new GetCommand({ TableName: table(), Key: key(of, id) }))).Item);

  test('and is exchanged with another document’s, is shown by neither', async () => {
    const a = idOf((await deposits('laboratoire', deposit(holder.nir))).body);
    const b = idOf((await deposits('laboratoire', deposit(holder.nir))).body);
    const [one, other] = [await itemOf(holder, a), await itemOf(holder, b)];
    await dynamo.send(
      new PutCommand({ TableName: table(), Item: { ...one, sealed: other.sealed } }),
    );
    const refused = await reads('camille', `DocumentReference/${a}`);
    expect([refused.status, codesOf(refused.body)]).toEqual([500, ['request/integrity']]);
    expect((await reads('camille', `Binary/${a}`)).status).toBe(500);
    await dynamo.send(new PutCommand({ TableName: table(), Item: one }));
    expect((await reads('camille', `DocumentReference/${a}`)).status).toBe(200);
  });

  test.each([
    ['another document’s', (bytes: Buffer, other: Buffer) => other.subarray(0, bytes.length + 9)],
    ['changed by a bit', (bytes: Buffer) => Buffer.from(bytes.with(-20, (bytes.at(-20) ?? 0) ^ 1))],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
  ])('as content and is %s, does not leave the vault', async (_, spoil) => {
    const a = idOf((await deposits('laboratoire', deposit(holder.nir))).body);
    const second = deposit(holder.nir, {}, { content: pdf('secret de quelqu’un') });
    const b = idOf((await deposits('laboratoire', second)).body);
    const bytesOf = async (id: string) => {
      const Key = `${holder.holder}/${id}/1`;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    };
    const spoilt = spoil(await bytesOf(a), await bytesOf(b));
    await s3.send(new PutObjectCommand({ Bucket, Key: `${holder.holder}/${a}/1`, Body: spoilt }));
    const refused = await reads('camille', `Binary/${a}`);
    expect([refused.status, codesOf(refused.body)]).toEqual([500, ['request/integrity']]);
    expect(refused.text).not.toContain('PDF');
    expect(
      (await linesOf(holder)).some(
        (l) => l.object.id === a && l.action === 'documents/read-content',
      ),
    ).toBe(false);
  });

  test('says nothing where it lies: no type, title, author, word or matricule in clear', async () => {
    const { body } = await deposits('laboratoire', deposit(holder.nir));
    const id = idOf(body);
    const { Items = [] } = await dynamo.send(
      new QueryCommand({
        TableName: table(),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `H#${holder.holder}` },
      }),
    );
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket, Key: `${holder.holder}/${id}/1` }),
    );
    const content = Buffer.from((await Body?.transformToByteArray()) ?? []).toString('latin1');
    const items = Items.map((item) =>
      JSON.stringify({ ...item, sealed: Buffer.from(item.sealed ?? []).toString('latin1') }),
    );
    const lines = JSON.stringify(await linesOf(holder));
    for (const text of [...items, content])
      expect(text).not.toMatch(
        /11502|Bilan|Supposée|899700218896|moglobine|application\/pdf|%PDF-/,
      );
    for (const text of [...items, content, lines]) expect(text).not.toContain(holder.nir);
    expect(lines).not.toMatch(/11502|Bilan|moglobine/);
  });
});

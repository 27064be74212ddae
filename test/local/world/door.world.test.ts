import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { expectRefusal } from '#test/support/refused.ts';
import { ask } from '#test/support/request.ts';
import { attachWorld } from '#test/support/world.ts';

const world = attachWorld(inject('world'));
const once = { maxAttempts: 1 };
const database = (functionId?: string) => new DynamoDBClient({ ...world.aws(functionId), ...once });
const TableName = world.physical('ENROLMENT_TABLE');
const key = (pk: string) => ({ pk: { S: `TEST#${pk}` }, sk: { S: 'DOOR' } });
const get = (pk: string) => new GetItemCommand({ TableName, Key: key(pk), ConsistentRead: true });
const put = (pk: string, more = {}) =>
  new PutItemCommand({ TableName, Item: { ...key(pk), ...more } });
const found = async (pk: string) => (await database().send(get(pk))).Item !== undefined;

afterEach(async () => {
  await world.clearFaults();
});

describe('rights', () => {
  // contract-api declares no rights at all.
  test.each<[string, () => Promise<unknown>, string, string]>([
    [
      'DynamoDB',
      () => database('contract-api').send(get('x')),
      'AccessDeniedException',
      'dynamodb:GetItem on resource: ENROLMENT_TABLE',
    ],
    [
      'an index',
      () =>
        database('contract-api').send(
          new QueryCommand({
            TableName,
            IndexName: 'due',
            KeyConditionExpression: 'duePk = :p',
            ExpressionAttributeValues: { ':p': { S: 'x' } },
          }),
        ),
      'AccessDeniedException',
      'dynamodb:Query on resource: ENROLMENT_TABLE/index/due',
    ],
    [
      'S3',
      () =>
        new S3Client({ ...world.aws('contract-api'), ...once }).send(
          new PutObjectCommand({ Bucket: world.physical('INTAKE_BUCKET'), Key: 'a', Body: 'b' }),
        ),
      'AccessDenied',
      's3:PutObject on resource: INTAKE_BUCKET/a',
    ],
    [
      'KMS',
      () =>
        new KMSClient({ ...world.aws('contract-api'), ...once }).send(
          new GenerateDataKeyCommand({ KeyId: world.physical('IDENTITY_KEY'), KeySpec: 'AES_256' }),
        ),
      'AccessDeniedException',
      'kms:GenerateDataKey on resource: IDENTITY_KEY',
    ],
    [
      'SQS',
      () =>
        new SQSClient({ ...world.aws('contract-api'), ...once }).send(
          new SendMessageCommand({ QueueUrl: world.physical('OPENING_QUEUE'), MessageBody: 'x' }),
        ),
      'AccessDeniedException',
      'sqs:SendMessage on resource: OPENING_QUEUE',
    ],
    [
      'SES',
      () =>
        new SESv2Client({ ...world.aws('contract-api'), ...once }).send(
          new SendEmailCommand({
            FromEmailAddress: world.physical('MAIL_FROM'),
            Destination: { ToAddresses: ['a@exemple.invalid'] },
            Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
          }),
        ),
      'AccessDeniedException',
      'ses:SendEmail on resource: MAIL_FROM',
    ],
  ])(
    '%s refuses what the role does not allow, in the words of AWS, and it is kept who lacked what',
    async (_what, act, name, said) => {
      const permission = said.replace(' on resource: ', ' on ');
      expectRefusal('contract-api', permission);
      await expect(act()).rejects.toMatchObject({
        name,
        message: expect.stringContaining(
          `User: contract-api is not authorized to perform: ${said}`,
        ),
      });
      expect(await world.refused()).toMatchObject([
        { function: 'contract-api', permission, times: 1 },
      ]);
    },
  );

  test('an access key that the world does not know is refused', async () => {
    const stranger = new DynamoDBClient({
      ...world.aws(),
      ...once,
      credentials: { accessKeyId: 'STRANGER', secretAccessKey: 'x' },
    });
    await expect(stranger.send(get('x'))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  test('a right that was used is told with the test that used it, the implied key too', async ({
    task,
  }) => {
    await database('enrolment-intake').send(get('x'));
    const used = (await world.exercised()).filter(
      ({ function: id, tests }) => id === 'enrolment-intake' && tests.includes(task.fullName),
    );
    const permissions = used.map(({ permission }) => permission);
    expect(permissions).toContain('dynamodb:GetItem on ENROLMENT_TABLE');
    expect(permissions.some((one) => one.startsWith('kms:Decrypt on records'))).toBe(true);
  });

  test('every permission in use is one that the template holds', async () => {
    const name = (one: { function: string; permission: string }) =>
      `${one.function} ${one.permission}`;
    const held = new Set((await world.permissions()).map(name));
    const used = (await world.exercised()).map(name);
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((one) => !held.has(one))).toEqual([]);
  });
});

describe('counts', () => {
  const unitsOf = async (act: () => Promise<unknown>) => {
    await world.clearCounts();
    await act();
    const counts = (await world.counts()).filter((one) => one.function === 'operator');
    return counts.map(({ action, calls, writeUnits, readUnits }) => [
      action,
      calls,
      writeUnits,
      readUnits,
    ]);
  };
  const kilobyte = { v: { S: 'x'.repeat(900) } };

  test('a write costs by the KB, its index entry one more', async () => {
    const due = { duePk: { S: 'TEST' }, dueSk: { S: 'c1' } };
    const client = database();
    expect(await unitsOf(() => client.send(put('c1', kilobyte)))).toEqual([
      ['dynamodb:PutItem', 1, 1, 0],
    ]);
    expect(await unitsOf(() => client.send(put('c1', { ...kilobyte, ...due })))).toEqual([
      ['dynamodb:PutItem', 1, 2, 0],
    ]);
    expect(await unitsOf(() => client.send(put('c1', kilobyte)))).toEqual([
      ['dynamodb:PutItem', 1, 2, 0],
    ]);
  });

  test('a transaction costs double, a refused one as well', async () => {
    const transaction = (ConditionExpression?: string) =>
      new TransactWriteItemsCommand({
        TransactItems: ['c2', 'c3'].map((pk) => ({
          Put: {
            TableName,
            Item: { ...key(pk), ...kilobyte },
            ...(ConditionExpression && { ConditionExpression }),
          },
        })),
      });
    const client = database();
    expect(await unitsOf(() => client.send(transaction()))).toEqual([
      ['dynamodb:TransactWriteItems', 1, 4, 0],
    ]);
    const refused = () =>
      client.send(transaction('attribute_not_exists(pk)')).catch(() => undefined);
    expect(await unitsOf(refused)).toEqual([['dynamodb:TransactWriteItems', 1, 4, 0]]);
  });

  test('only who asks for consumed capacity is told of it', async () => {
    const client = database();
    expect((await client.send(get('c1'))).ConsumedCapacity).toBeUndefined();
    const asked = await client.send(
      new GetItemCommand({ TableName, Key: key('c1'), ReturnConsumedCapacity: 'TOTAL' }),
    );
    expect(asked.ConsumedCapacity?.CapacityUnits).toBe(0.5);
  });
});

describe('faults', () => {
  test('lost-ack: the write is applied, the answer never comes', async () => {
    await world.plant({ kind: 'lost-ack', action: 'dynamodb:PutItem' });
    await expect(database().send(put('f1'))).rejects.toThrow();
    expect(await found('f1')).toBe(true);
    expect(await world.faults()).toMatchObject([{ fired: 1 }]);
  });

  test('reset: the write is not applied', async () => {
    await world.plant({ kind: 'reset', action: 'dynamodb:PutItem' });
    await expect(database().send(put('f2'))).rejects.toThrow();
    expect(await found('f2')).toBe(false);
  });

  test('throttle: told as DynamoDB does, and gone at the next call', async () => {
    await world.plant({ kind: 'throttle', action: 'dynamodb:PutItem' });
    await expect(database().send(put('f3'))).rejects.toMatchObject({ name: 'ThrottlingException' });
    await database().send(put('f3'));
  });

  test('conflict: a cancelled transaction that names its reasons', async () => {
    await world.plant({ kind: 'conflict' });
    const Put = { TableName, Item: key('f4') };
    const write = new TransactWriteItemsCommand({ TransactItems: [{ Put }] });
    await expect(database().send(write)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    });
    expect(await found('f4')).toBe(false);
  });

  test('strike the nth call of the caller and action that they name, as often as told, and only calls that fit', async () => {
    await world.plant({
      kind: 'throttle',
      caller: 'operator',
      action: 'dynamodb:PutItem',
      nth: 2,
      times: 2,
      if: { contains: 'TEST#n' },
    });
    const told: boolean[] = [];
    for (const pk of ['n1', 'other', 'n2', 'n3', 'n4']) {
      told.push(
        await database()
          .send(put(pk))
          .then(
            () => true,
            () => false,
          ),
      );
    }
    expect(told).toEqual([true, true, false, false, true]);
    expect(await world.faults()).toMatchObject([{ seen: 4, fired: 2 }]);
  });

  test('cut: the answer breaks off behind so many bytes', async () => {
    const s3 = new S3Client({ ...world.aws(), forcePathStyle: true });
    const object = { Bucket: world.physical('INTAKE_BUCKET'), Key: 'results/cut' };
    await s3.send(new PutObjectCommand({ ...object, Body: Buffer.alloc(300_000, 1) }));
    await world.plant({ kind: 'cut', action: 's3:GetObject', afterBytes: 100_000 });
    const { Body } = await s3.send(new GetObjectCommand(object));
    await expect(Body?.transformToByteArray()).rejects.toThrow();
    const { Body: again } = await s3.send(new GetObjectCommand(object));
    expect(await again?.transformToByteArray()).toHaveLength(300_000);
  });

  test('kill: the worker that calls ends, the next request gets a new one', async () => {
    const token = await world.token('campagne');
    const waves = () => world.request({ path: '/enrolment/waves', token });
    expect((await waves()).status).toBe(200);
    await world.plant({ kind: 'kill', caller: 'enrolment-campaign', action: 'dynamodb:Query' });
    expect((await waves()).status).toBe(500);
    expect((await waves()).status).toBe(200);
  });
});

describe('what DynamoDB Local makes up', () => {
  test('its region and account are never seen, and time is the world’s', async () => {
    const { Table } = await database().send(
      new DescribeTableCommand({ TableName: world.physical('JOURNAL_TABLE') }),
    );
    expect(Table?.TableArn).toBe(
      `arn:aws:dynamodb:eu-west-3:000000000000:table/${world.physical('JOURNAL_TABLE')}`,
    );
    expect(Table?.LatestStreamArn).toContain('arn:aws:dynamodb:eu-west-3:000000000000:table/');
    const unsigned = await ask(world.info.door, { method: 'POST', path: '/', body: {} });
    expect(unsigned.status).toBe(403);
    expect(
      Math.abs(Date.parse(unsigned.headers.date ?? '') - Date.parse(await world.now())),
    ).toBeLessThan(5000);
  });
});

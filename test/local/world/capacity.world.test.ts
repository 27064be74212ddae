import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { attachWorld } from '#test/support/world.ts';

const world = attachWorld(inject('world'));
// Once only: the SDK takes an error under a moved clock for a skew of its own and asks again.
const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({ ...world.aws(), maxAttempts: 1 }));
const TableName = world.physical('ENROLMENT_TABLE');
const pk = `CAPACITY#${randomUUID()}`;
const key = (sk: string) => ({ pk, sk });
/** About so many bytes, keys and names included. */
const item = (sk: string, bytes: number, more = {}) => ({
  ...key(sk),
  ...more,
  padding: 'x'.repeat(bytes - pk.length - sk.length - 40 - JSON.stringify(more).length),
});

/** What a call costs by the door's accounts: write and read units. */
async function cost(act: () => Promise<unknown>): Promise<[number, number]> {
  await world.clearCounts();
  await act().catch((cause: unknown) => {
    if (!/Condition|Transaction/.test(String(cause))) throw cause;
  });
  const own = (await world.counts()).filter((one) => one.function === 'operator');
  const sum = (unit: 'writeUnits' | 'readUnits') => own.reduce((all, one) => all + one[unit], 0);
  return [sum('writeUnits'), sum('readUnits')];
}

const put = (sk: string, bytes: number, more = {}) =>
  dynamo.send(new PutCommand({ TableName, Item: item(sk, bytes, more) }));
const transaction = (...TransactItems: object[]) =>
  dynamo.send(new TransactWriteCommand({ TransactItems }));

// AWS, developer guide: "DynamoDB read and write operations" (capacity unit consumption), "Global
// secondary indexes" (write considerations), "DynamoDB transactions" (capacity management).
describe("the door's units of capacity are those that AWS documents", () => {
  beforeAll(async () => {
    await world.weigh(true);
    await put('small', 500);
    await put('five', 5000);
    for (const n of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) await put(`many#${n}`, 500);
  });

  afterAll(() => world.weigh(false));

  test('a write costs a unit for each kilobyte, rounded up', async () => {
    expect(await cost(() => put('w', 1000))).toEqual([1, 0]);
    expect(await cost(() => put('w', 1600))).toEqual([2, 0]);
    const Item = item('b', 1600);
    const writes = [item('a', 500), Item, item('c', 500)].map((one) => ({
      PutRequest: { Item: one },
    }));
    const batch = new BatchWriteCommand({ RequestItems: { [TableName]: writes } });
    expect(await cost(() => dynamo.send(batch))).toEqual([4, 0]);
  });

  test('an update costs what the item weighs, the larger of before and after', async () => {
    await put('u', 3500);
    const update = new UpdateCommand({
      TableName,
      Key: key('u'),
      UpdateExpression: 'REMOVE padding',
    });
    expect(await cost(() => dynamo.send(update))).toEqual([4, 0]);
  });

  test('a deletion costs what is deleted, one unit when there was nothing', async () => {
    await put('d', 1600);
    const remove = new DeleteCommand({ TableName, Key: key('d') });
    expect(await cost(() => dynamo.send(remove))).toEqual([2, 0]);
    expect(await cost(() => dynamo.send(remove))).toEqual([1, 0]);
  });

  test('a transaction costs two units for each kilobyte of each item, a condition check as well', async () => {
    const parts = [
      { Put: { TableName, Item: item('t1', 500) } },
      { Put: { TableName, Item: item('t2', 1600) } },
      {
        ConditionCheck: {
          TableName,
          Key: key('small'),
          ConditionExpression: 'attribute_exists(pk)',
        },
      },
    ];
    expect(await cost(() => transaction(...parts))).toEqual([2 + 4 + 2, 0]);
  });

  test('a refused condition is billed like the write that it stopped', async () => {
    const ConditionExpression = 'attribute_not_exists(pk)';
    const lone = new PutCommand({ TableName, Item: item('small', 1600), ConditionExpression });
    expect(await cost(() => dynamo.send(lone))).toEqual([2, 0]);
    const parts = [
      { Put: { TableName, Item: item('small', 500), ConditionExpression } },
      { Put: { TableName, Item: item('t3', 1600) } },
    ];
    expect(await cost(() => transaction(...parts))).toEqual([2 + 4, 0]);
  });

  test('an index costs a unit a kilobyte more for coming, for leaving, two for moving, none when it shows no change', async () => {
    const due = (duePk: string) => ({ duePk, dueSk: 'x' });
    expect(await cost(() => put('i', 500, due(`${pk}#1`)))).toEqual([1 + 1, 0]);
    expect(await cost(() => put('i', 600, due(`${pk}#1`)))).toEqual([1, 0]);
    expect(await cost(() => put('i', 600, { ...due(`${pk}#1`), version: 2 }))).toEqual([1 + 1, 0]);
    expect(await cost(() => put('i', 600, due(`${pk}#2`)))).toEqual([1 + 2, 0]);
    expect(await cost(() => put('i', 600))).toEqual([1 + 1, 0]);
  });

  test('an index in a transaction is counted double, the upper bound: AWS does not say', async () => {
    await put('ti', 500, { duePk: `${pk}#3`, dueSk: 'x' });
    const leave = { Put: { TableName, Item: item('ti', 500) } };
    expect(await cost(() => transaction(leave))).toEqual([2 + 2, 0]);
  });

  test('each of many parts that cost the same is counted', async () => {
    const Many = Array.from({ length: 50 }, (_, n) => `e${n}`);
    for (const sk of Many) await put(sk, 300, { duePk: `${pk}#4`, dueSk: sk });
    const open = (sk: string) => ({
      Update: { TableName, Key: key(sk), UpdateExpression: 'REMOVE duePk, dueSk' },
    });
    expect(await cost(() => transaction(...Many.map(open)))).toEqual([50 * (2 + 2), 0]);
    await world.weigh(false);
    expect(await cost(() => transaction(...Many.map(open)))).toEqual([50 * 2, 0]);
    await world.weigh(true);
    const Keys = Many.map(key);
    const many = new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } });
    expect(await cost(() => dynamo.send(many))).toEqual([0, 25]);
    const TransactItems = Keys.map((Key) => ({ Get: { TableName, Key } }));
    const get = new TransactGetCommand({ TransactItems });
    expect(await cost(() => dynamo.send(get))).toEqual([0, 100]);
  });

  test('a read costs a unit for each four kilobytes, half when it need not be consistent', async () => {
    const get = (sk: string, ConsistentRead: boolean) => () =>
      dynamo.send(new GetCommand({ TableName, Key: key(sk), ConsistentRead }));
    expect(await cost(get('five', true))).toEqual([0, 2]);
    expect(await cost(get('five', false))).toEqual([0, 1]);
    expect(await cost(get('small', false))).toEqual([0, 0.5]);
    expect(await cost(get('nobody', true))).toEqual([0, 1]);
    expect(await cost(get('nobody', false))).toEqual([0, 0.5]);
  });

  test('many read together are rounded one by one, a query over its sum', async () => {
    const Keys = ['small', 'five', 'nobody'].map(key);
    const many = (ConsistentRead: boolean) => () =>
      dynamo.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead } } }));
    expect(await cost(many(true))).toEqual([0, 1 + 2 + 1]);
    expect(await cost(many(false))).toEqual([0, (1 + 2 + 1) / 2]);
    const query = (ConsistentRead: boolean, prefix: string) => () =>
      dynamo.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
          ConsistentRead,
        }),
      );
    expect(await cost(query(true, 'many'))).toEqual([0, 2]);
    expect(await cost(query(false, 'many'))).toEqual([0, 1]);
    expect(await cost(query(true, 'nobody'))).toEqual([0, 1]);
  });

  test('a transactional read costs double', async () => {
    const TransactItems = ['small', 'five'].map((sk) => ({ Get: { TableName, Key: key(sk) } }));
    const get = new TransactGetCommand({ TransactItems });
    expect(await cost(() => dynamo.send(get))).toEqual([0, 2 * (1 + 2)]);
  });
});

import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDynamoDb } from '#infra/local/engines/dynamodb/engine.ts';
import type { DynamoDbEngine } from '#infra/local/engines/engine.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, errorOf, place } from './support.ts';

/** What the system asks of DynamoDB; against AWS it makes and deletes a table of its own. */
function contract(given: () => { client: DynamoDBClient }) {
  const TableName = `contract-${Date.now()}`;
  const send = () => given().client;
  const item = (sk: number, more = {}) => ({
    pk: { S: 'h1' },
    sk: { S: String(sk).padStart(3, '0') },
    ...more,
  });
  const putNew = (sk: number) => ({
    Put: { TableName, Item: item(sk), ConditionExpression: 'attribute_not_exists(pk)' },
  });

  beforeAll(async () => {
    await send().send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: ['pk', 'sk', 'duePk'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [{ AttributeName: 'duePk', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['status'] },
          },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
    );
    await waitUntilTableExists({ client: send(), maxWaitTime: 60 }, { TableName });
  });
  afterAll(async () => {
    await send().send(new DeleteTableCommand({ TableName }));
  });

  test('a condition that does not hold gives back the item that stands there', async () => {
    await send().send(
      new PutItemCommand({ TableName, Item: item(1, { status: { S: 'opposed' } }) }),
    );
    const again = new PutItemCommand({
      TableName,
      Item: item(1),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await expect(send().send(again)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { status: { S: 'opposed' } },
    });
  });

  test('a transaction of which one condition fails leaves nothing and names the guilty', async () => {
    const write = new TransactWriteItemsCommand({ TransactItems: [putNew(10), putNew(1)] });
    await expect(send().send(write)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    const { Item } = await send().send(
      new GetItemCommand({ TableName, Key: item(10), ConsistentRead: true }),
    );
    expect(Item).toBeUndefined();
  });

  test('one hundred actions make a transaction, one more is refused', async () => {
    const actions = Array.from({ length: 101 }, (_, n) => putNew(100 + n));
    const write = (count: number) =>
      send().send(new TransactWriteItemsCommand({ TransactItems: actions.slice(0, count) }));
    expect(await errorOf(write(101))).toBe('ValidationException');
    expect(await errorOf(write(100))).toBe('none');
  });

  test('the same token twice writes once', async () => {
    const write = new TransactWriteItemsCommand({
      TransactItems: [putNew(20)],
      ClientRequestToken: 'token-1',
    });
    expect(await errorOf(send().send(write))).toBe('none');
    expect(await errorOf(send().send(write))).toBe('none');
  });

  test('of twenty who write the same new item one wins', async () => {
    const writes = Array.from({ length: 20 }, () =>
      errorOf(send().send(new TransactWriteItemsCommand({ TransactItems: [putNew(30)] }))),
    );
    expect((await Promise.all(writes)).filter((name) => name === 'none')).toHaveLength(1);
  });

  test('an index holds only items with its key, and of them only what it projects', async () => {
    const more = { duePk: { S: 'DUE' }, status: { S: 'invited' }, sealed: { S: 'x' } };
    await send().send(new PutItemCommand({ TableName, Item: item(40, more) }));
    const query = new QueryCommand({
      TableName,
      IndexName: 'due',
      KeyConditionExpression: 'duePk = :due',
      ExpressionAttributeValues: { ':due': { S: 'DUE' } },
    });
    await expect
      .poll(async () => (await send().send(query)).Items, { timeout: 60_000 })
      .toEqual([{ ...item(40), duePk: { S: 'DUE' }, status: { S: 'invited' } }]);
  });

  test('an unknown table is told by name, and a stream belongs to a table', async () => {
    const get = new GetItemCommand({ TableName: `${TableName}-not`, Key: item(1) });
    expect(await errorOf(send().send(get))).toBe('ResourceNotFoundException');
    const { Table } = await send().send(new DescribeTableCommand({ TableName }));
    expect(Table?.LatestStreamArn).toContain(TableName);
  });
}

describe('DynamoDB contract, at home', () => {
  let served: Served<DynamoDbEngine>;
  let client: DynamoDBClient;
  beforeAll(async () => {
    served = await serveEngine(() =>
      createDynamoDb({ ...place, folder: undefined, now: Date.now }),
    );
    client = new DynamoDBClient(clientOf(served.url));
  });
  afterAll(() => served.close());
  contract(() => ({ client }));
});

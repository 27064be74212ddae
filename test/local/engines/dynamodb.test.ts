import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { createDynamoDb } from '#infra/local/engines/dynamodb/engine.ts';
import { majorOf } from '#infra/local/engines/dynamodb/java.ts';
import { runsOn } from '#infra/local/engines/dynamodb/orphan.ts';
import { serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, place, temporaryFolder } from './support.ts';

const TableName = 'kept';
const table = new CreateTableCommand({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
});
const start = (folder: string, now = Date.now) => {
  return serveEngine(() => createDynamoDb({ ...place, folder, now }));
};

test('what was acknowledged is found after Java was killed, by the next engine of the folder', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  const client = new DynamoDBClient(clientOf(first.url));
  await client.send(table);
  await client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'here' } } }));
  process.kill(first.engine.pid, 'SIGKILL');
  await first.engine.exited;
  const second = await start(folder);
  const again = new DynamoDBClient(clientOf(second.url));
  const { Item } = await again.send(new GetItemCommand({ TableName, Key: { pk: { S: 'here' } } }));
  expect(Item).toEqual({ pk: { S: 'here' } });
  await Promise.all([first.close(), second.close()]);
});

test('a Java left by a killed world is stopped by the next start on its folder', async () => {
  const folder = temporaryFolder();
  const orphan = await start(folder);
  const data = join(folder, 'data');
  expect(runsOn(orphan.engine.pid, data)).toBe(true);
  const next = await start(folder);
  await orphan.engine.exited;
  expect(runsOn(orphan.engine.pid, data)).toBe(false);
  expect(runsOn(next.engine.pid, data)).toBe(true);
  await Promise.all([orphan.close(), next.close()]);
});

test('a process of another folder is never taken for the orphan', () => {
  expect(runsOn(process.pid, '/any')).toBe(false);
});

test('the answers carry world time', async () => {
  const served = await start(temporaryFolder(), () => Date.parse('2022-03-21T22:59:59Z'));
  const response = await fetch(served.url);
  expect(response.headers.get('date')).toBe('Mon, 21 Mar 2022 22:59:59 GMT');
  await served.close();
});

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_402"', 8],
  ['openjdk version "25" 2025-09-16', 25],
  ['something else', undefined],
])('the version in %s is read', (said, major) => {
  expect(majorOf(said)).toBe(major);
});

test('without Java, or with an old one, one sentence says what to install', async () => {
  const folder = temporaryFolder();
  const old = join(folder, 'java');
  writeFileSync(old, '#!/bin/sh\necho \'java version "1.8.0_402"\' >&2\n');
  chmodSync(old, 0o755);
  const options = { ...place, folder: undefined, now: Date.now };
  await expect(createDynamoDb({ ...options, java: old })).rejects.toThrow(
    'needs Java 17, found 8. Install',
  );
  await expect(createDynamoDb({ ...options, java: join(folder, 'none') })).rejects.toThrow(
    'none was found',
  );
});

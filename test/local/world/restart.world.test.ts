import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test, vi } from 'vitest';
import { type OwnWorld, startOwnWorld, TestWorldInfo } from '#test/support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'mes-restart-'));
let world: OwnWorld | undefined;
afterAll(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const key = (index: number) => ({ pk: { S: `TEST#${index}` }, sk: { S: 'RESTART' } });

/** Writes until the world is gone; what was acknowledged. */
async function writeUntilGone(running: OwnWorld): Promise<number[]> {
  const acknowledged: number[] = [];
  const client = new DynamoDBClient({ ...running.aws(), maxAttempts: 1 });
  const TableName = running.physical('ENROLMENT_TABLE');
  let next = 0;
  let gone = false;
  const writer = async () => {
    while (!gone) {
      const index = next++;
      try {
        await client.send(new PutItemCommand({ TableName, Item: key(index) }));
        acknowledged.push(index);
      } catch {
        gone = true;
      }
      if (acknowledged.length === 200) await running.kill();
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
  return acknowledged;
}

test('kill -9 under load loses nothing that was acknowledged: items, messages, the clock; Java left behind is ended', async () => {
  const first = await startOwnWorld({ folder, options: ['--fresh', '--at', '2022-01-31'] });
  world = first;
  await first.move('+3d');
  const QueueUrl = first.physical('OPENING_QUEUE');
  const later = new SendMessageCommand({ QueueUrl, MessageBody: '{}', DelaySeconds: 900 });
  await new SQSClient(first.aws()).send(later);
  const before = Date.parse(await first.now());
  const acknowledged = await writeUntilGone(first);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);

  const second = await startOwnWorld({ folder });
  world = second;
  const client = new DynamoDBClient(second.aws());
  const TableName = second.physical('ENROLMENT_TABLE');
  const found = await Promise.all(
    acknowledged.map((index) =>
      client.send(new GetItemCommand({ TableName, Key: key(index), ConsistentRead: true })),
    ),
  );
  expect(found.filter(({ Item }) => Item === undefined)).toEqual([]);
  const asked = new GetQueueAttributesCommand({
    QueueUrl: second.physical('OPENING_QUEUE'),
    AttributeNames: ['ApproximateNumberOfMessagesDelayed'],
  });
  expect(
    (await new SQSClient(second.aws()).send(asked)).Attributes?.ApproximateNumberOfMessagesDelayed,
  ).toBe('1');
  const after = Date.parse(await second.now());
  expect(after).toBeGreaterThanOrEqual(before);
  expect(after - before).toBeLessThan(120_000);
  expect(existsSync(`/proc/${first.info.pids.database}`)).toBe(false);
  expect(second.info.operator).toEqual(first.info.operator);
});

const half = (name: string, sk: string) => ({ pk: `TEST#${name}`, sk });

/** Transactions in eight lanes until Java is gone, which is killed the moment that a late one is acknowledged. */
async function transactUntilKilled(running: OwnWorld, round: number): Promise<string[]> {
  const { pids } = TestWorldInfo.parse(await running.control('GET', '/world.json'));
  const client = new DynamoDBClient({ ...running.aws(), maxAttempts: 1 });
  const database = DynamoDBDocumentClient.from(client);
  const TableName = running.physical('ENROLMENT_TABLE');
  const acknowledged: string[] = [];
  let next = 0;
  let gone = false;
  const writer = async () => {
    while (!gone) {
      const name = `${round}-${next++}`;
      const TransactItems = ['A', 'B'].map((sk) => ({ Put: { TableName, Item: half(name, sk) } }));
      try {
        await database.send(new TransactWriteCommand({ TransactItems }));
      } catch {
        return;
      }
      acknowledged.push(name);
      if (acknowledged.length >= 20 && !gone) {
        gone = true;
        process.kill(pids.database, 'SIGKILL');
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
  return acknowledged;
}

test('a transaction is acknowledged only once it is kept: Java killed at that very moment loses none', async () => {
  const running = world;
  if (running === undefined) throw new Error('the world of the test before is gone');
  const database = DynamoDBDocumentClient.from(new DynamoDBClient(running.aws()));
  const TableName = running.physical('ENROLMENT_TABLE');
  const look = (name: string) =>
    database.send(new GetCommand({ TableName, Key: half(name, 'A'), ConsistentRead: true }));
  for (const round of [1, 2, 3]) {
    const acknowledged = await transactUntilKilled(running, round);
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    await vi.waitFor(() => look('none'), { timeout: 30_000, interval: 100 });
    const found = await Promise.all(acknowledged.map(look));
    const lost = acknowledged.filter((_, at) => found[at]?.Item === undefined);
    expect(lost).toEqual([]);
  }
});

test('a second world in the folder is refused in one sentence, the first goes on', async () => {
  await expect(startOwnWorld({ folder })).rejects.toThrow(/A world runs in .* already/);
  expect((await world?.request({ path: '/health' }))?.status).toBe(200);
});

test('readers of the journal go on where they stood, and world.json goes with the world', async () => {
  expect(JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8'))).toMatchObject({
    gateway: world?.info.gateway,
  });
  await world?.stop();
  world = undefined;
  expect(existsSync(join(folder, 'world.json'))).toBe(false);
});

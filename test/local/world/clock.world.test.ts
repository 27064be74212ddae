import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OwnWorld, startOwnWorld } from '#test/support/world.ts';

// A clock cannot be moved back, so this file has a world of its own.
let world: OwnWorld;
beforeAll(async () => {
  world = await startOwnWorld({
    options: [
      '--at',
      '2022-03-25T12:00:00Z',
      '--without',
      'enrolment-campaign=dynamodb:Query on ENROLMENT_TABLE',
    ],
  });
});
afterAll(() => world?.stop());

test('a move runs each job at its due time in Paris, in order, over the spring change', async () => {
  const { now, ran } = await world.move('2022-03-28T12:00:00Z');
  expect(Date.parse(now)).toBeGreaterThanOrEqual(Date.parse('2022-03-28T12:00:00Z'));
  expect(ran.filter(({ failed }) => failed)).toEqual([]);
  expect(ran.map(({ at }) => at)).toEqual(ran.map(({ at }) => at).sort());
  const sendings = ran.filter(({ job }) => job === 'start-sending').map(({ at }) => at);
  expect(sendings).toContain('2022-03-26T08:05:00.000Z');
  expect(sendings).toContain('2022-03-27T07:05:00.000Z');
  expect(new Set(ran.map(({ at, job }) => `${at} ${job}`)).size).toBe(ran.length);
});

test('an instant that has passed moves nothing, an unknown one is refused', async () => {
  const before = Date.parse(await world.now());
  const { now, ran } = await world.move('2022-01-01');
  expect(ran).toEqual([]);
  expect(Date.parse(now) - before).toBeLessThan(60_000);
  await expect(world.move('tomorrow')).rejects.toThrow('Not an instant');
});

test('a delayed message is handled at its time, which a move does not jump over', async () => {
  await world.clearCounts();
  const QueueUrl = world.physical('INTAKE_QUEUE');
  await new SQSClient(world.aws()).send(
    new SendMessageCommand({ QueueUrl, MessageBody: '{}', DelaySeconds: 600 }),
  );
  await world.move('+9m');
  const received = async () =>
    (await world.control('GET', '/functions')) as { id: string; coldStartsMs: number[] }[];
  const environments = async () =>
    (await received()).find(({ id }) => id === 'enrolment-intake')?.coldStartsMs.length;
  expect(await environments()).toBe(0);
  await world.move('+2m');
  expect(await environments()).toBe(1);
});

test('what expired by world time is gone after a move, the rest stays', async () => {
  const client = new DynamoDBClient(world.aws());
  const TableName = world.physical('ENROLMENT_TABLE');
  const now = Date.parse(await world.now()) / 1000;
  const keys = [
    ['soon', 3600],
    ['late', 90_000],
  ] as const;
  for (const [pk, ahead] of keys) {
    const expiresAt = { N: String(Math.floor(now + ahead)) };
    await client.send(
      new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: { S: 'TTL' }, expiresAt } }),
    );
  }
  await world.move('+2h');
  const found = await Promise.all(
    keys.map(([pk]) =>
      client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: 'TTL' } } })),
    ),
  );
  expect(found.map(({ Item }) => Item?.pk?.S)).toEqual([undefined, 'late']);
});

test('a permission taken out of the template makes its route fail, and is named', async () => {
  const answer = await world.request({
    path: '/enrolment/waves',
    token: await world.token('campagne'),
  });
  expect(answer.status).toBeGreaterThanOrEqual(500);
  const permission = 'dynamodb:Query on ENROLMENT_TABLE';
  expect(await world.refused()).toMatchObject([{ function: 'enrolment-campaign', permission }]);
});

import '#test/notices/in-process.ts';
import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { onBeginDeletion } from '#functions/documents/on-begin-deletion.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { s3 } from '#shared/aws/s3.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { loadErasure } from '#shared/record/erasure.ts';
import { loadStanding } from '#shared/record/standing.ts';
import { branchOfHolder } from '#shared/sealing/holder-branch.ts';
import { deathsOf, killedAt } from '#test/enrolment/races/killed-at.ts';
import { standsAs } from '#test/notices/holders.ts';
import { deposit } from './deposits.ts';
import { record, world } from './record.ts';
import { deposits } from './talk.ts';

const Bucket = world.physical('VAULT_BUCKET');
const now = Date.parse('2023-04-01T09:00:00Z');

afterEach(() => world.clearFaults());

const listed = async (holder: string) => {
  const list = new ListObjectVersionsCommand({ Bucket, Prefix: `${holder}/` });
  const { Versions = [], DeleteMarkers = [] } = await s3.send(list);
  return [...Versions, ...DeleteMarkers];
};
const items = async (table: string, name: string, value: string) => {
  const query = new QueryCommand({
    TableName: world.physical(table),
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': name },
    ExpressionAttributeValues: { ':pk': value },
    ConsistentRead: true,
  });
  return (await dynamo.send(query)).Items ?? [];
};
const leftOf = async (holder: string) => [
  (await listed(holder)).length,
  (await items('DOCUMENTS_TABLE', 'pk', `H#${holder}`)).length,
  (await items('KEYS_TABLE', 'branch-key-id', branchOfHolder(holder))).length,
];

/** A record with two documents, one of them hidden by a delete marker, that is being deleted; nobody is told. */
async function leaving() {
  const { holder, nir } = await record();
  for (let at = 0; at < 2; at++)
    expect((await deposits('laboratoire', deposit(nir))).status).toBe(201);
  const [first] = await listed(holder);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: first?.Key }));
  await standsAs(holder, { status: 'deleting', linkedTo: undefined });
  return { holder, begunSeq: 2 };
}
const erase = (of: { holder: string; begunSeq: number }) => onBeginDeletion(of, () => now);
const counts = { documents: 2, versions: 3 };

async function isErased(of: { holder: string; begunSeq: number }, how: string) {
  expect(await leftOf(of.holder), how).toEqual([0, 0, 0]);
  const lines = [...(await loadErasure(of)).values()];
  expect(
    lines.map(({ action }) => action),
    how,
  ).toEqual(['documents/destroy-key', 'documents/erase-record']);
  expect(lines.at(-1)?.object.counts, how).toEqual(counts);
  const lane = await items('JOURNAL_TABLE', 'pk', `${of.holder}#0${lines[0]?.lane}`);
  expect(
    lane.filter(({ actor }) => actor.id === 'deletion'),
    how,
  ).toHaveLength(2);
}

describe('ENR-43, ENR-47: erasing what the vault holds of a record', () => {
  test('killed at any of its calls and done again, nothing is left, and what was there is told once', async () => {
    const first = await leaving();
    const deaths = await deathsOf(() => erase(first));
    await isErased(first, 'not killed');
    expect(deaths.length).toBeGreaterThanOrEqual(15);
    await inLanes(deaths, 3, async (n) => {
      const of = await leaving();
      expect(await killedAt(n, () => erase(of)), `call ${n}`).toMatchObject({ died: true });
      await erase(of);
      await isErased(of, `call ${n}`);
    });
  }, 240_000);

  test('told to three workers at once, and once more, has one effect', async () => {
    const of = await leaving();
    await Promise.all([erase(of), erase(of), erase(of)]);
    await erase(of);
    await isErased(of, 'at once');
  });

  test.each([
    ['dynamodb:PutItem', 'ERASURE'],
    ['dynamodb:DeleteItem', 'branch-key-id'],
    ['dynamodb:DeleteItem', 'DOC#'],
    ['dynamodb:PutItem', 'documents/destroy-key'],
    ['dynamodb:PutItem', 'documents/erase-record'],
    ['dynamodb:DeleteItem', 'ERASURE'],
    ['s3:DeleteObject', undefined],
  ])('an answer to %s (%s) that is lost has one effect', async (action, contains) => {
    const of = await leaving();
    await world.plant({
      ...{ caller: 'operator', action, kind: 'lost-ack' },
      ...(contains === undefined ? {} : { if: { contains } }),
    });
    await erase(of);
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    await isErased(of, action);
  });

  test('touches nothing of a record that is not being deleted, whoever says so', async () => {
    const { holder, nir } = await record();
    await deposits('laboratoire', deposit(nir));
    for (const status of ['activated', 'closed', 'deletion-requested', 'deleted'] as const) {
      await standsAs(holder, { status, linkedTo: undefined });
      expect((await loadStanding(holder))?.status).toBe(status);
      const before = await leftOf(holder);
      await erase({ holder, begunSeq: 2 });
      expect(await leftOf(holder)).toEqual(before);
    }
  });
});

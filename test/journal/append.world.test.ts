import '#test/enrolment/races/in-process.ts';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { dynamo } from '#shared/aws/dynamo.ts';
import { appendLine, type LaneEntry } from '#shared/journal/append.ts';
import { loadHead } from '#shared/journal/head.ts';
import { genesis, hashOf } from '#shared/journal/line.ts';
import { lineOf } from '#shared/journal/read.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { newId } from '#shared/random.ts';
import { world } from '#test/enrolment/races/in-process.ts';

const TableName = world.physical('JOURNAL_TABLE');
const operator = 'operator';

const reading = (holder: string, change: Partial<LaneEntry> = {}): LaneEntry => ({
  id: newId(),
  holder,
  lane: 3,
  at: Date.parse('2022-02-07T09:00:00Z'),
  actor: { kind: 'holder', id: holder },
  channel: 'api',
  action: 'journal/read-history',
  object: { kind: 'record' },
  outcome: 'done',
  policy: 'access-1',
  visible: 'holder',
  ...change,
});

async function chainOf(holder: string, lane = '03') {
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `${holder}#${lane}` },
    ConsistentRead: true,
  });
  const { Items = [] } = await dynamo.send(query);
  return Items.map(lineOf);
}

afterEach(() => world.clearFaults());

describe('a line in a lane of reads and deposits', () => {
  test('follows the one before, and the head is where the lane ends', async () => {
    const holder = newId();
    expect(await loadHead(holder, 3)).toEqual(genesis);
    const first = await appendLine(reading(holder));
    const second = await appendLine(reading(holder));
    expect([first.seq, second.seq, second.prev]).toEqual([1, 2, hashOf(first)]);
    expect(await loadHead(holder, 3, { consistent: true })).toEqual({
      seq: 2,
      hash: hashOf(second),
    });
    expect(await loadHead(holder, 4)).toEqual(genesis);
  });

  test('appended to a stale head finds the end by itself', async () => {
    const holder = newId();
    await appendLine(reading(holder));
    await appendLine(reading(holder));
    expect((await appendLine(reading(holder), { head: genesis })).seq).toBe(3);
    expect(verifyChain(await chainOf(holder))).toEqual({ ok: true, lines: 3 });
  });

  test.each(['lost-ack', 'reset', 'throttle'] as const)(
    'is written once after: %s',
    async (kind) => {
      const holder = newId();
      await world.plant({
        ...{ caller: operator, action: 'dynamodb:PutItem', kind, nth: 1 },
        if: { contains: holder },
      });
      const line = await appendLine(reading(holder));
      expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
      expect(await chainOf(holder)).toEqual([line]);
    },
  );

  test('whose answer was lost is known again behind the lines of others', async () => {
    const holder = newId();
    const own = await appendLine(reading(holder));
    await appendLine(reading(holder));
    const again = await appendLine(reading(holder, { id: own.id }), { head: genesis });
    expect(again).toEqual(own);
    expect(await chainOf(holder)).toHaveLength(2);
  });

  test('follows a damaged one, which stays evident: nobody is shut out by it', async () => {
    const holder = newId();
    const first = await appendLine(reading(holder));
    const Key = { pk: `${holder}#03`, sk: '000000000001' };
    const damaged = { ...first, outcome: 'doneX', odd: [1, { deep: null }] };
    await dynamo.send(new PutCommand({ TableName, Item: { ...damaged, ...Key } }));
    const second = await appendLine(reading(holder));
    const third = await appendLine(reading(holder), { head: genesis });
    expect([second.seq, third.seq]).toEqual([2, 3]);
    expect(second.prev).not.toBe(hashOf(first));
    expect(third.prev).toBe(hashOf(second));
  });

  test('of many at once all are kept, in one chain without gaps', async () => {
    const holder = newId();
    const lines = await Promise.all(Array.from({ length: 6 }, () => appendLine(reading(holder))));
    const chain = await chainOf(holder);
    expect(verifyChain(chain)).toEqual({ ok: true, lines: 6 });
    expect(new Set(chain.map(({ id }) => id))).toEqual(new Set(lines.map(({ id }) => id)));
  });
});

describe('a line with the change that it tells', () => {
  const item = (pk: string) => ({
    Put: {
      TableName: world.physical('ENROLMENT_TABLE'),
      Item: { pk, sk: 'TEST' },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });

  test('is written with it or not at all; the change’s own condition is the caller’s to answer', async () => {
    const holder = newId();
    const pk = `TEST#${newId()}`;
    await appendLine(reading(holder), { beside: () => [item(pk)] });
    const second = appendLine(reading(holder), { beside: () => [item(pk)] });
    await expect(second).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(await chainOf(holder)).toHaveLength(1);
  });

  test('is tried again when a rival took its number, and sees that number', async () => {
    const holder = newId();
    await appendLine(reading(holder));
    const seen: number[] = [];
    await appendLine(reading(holder), {
      head: genesis,
      beside: ({ seq }) => {
        seen.push(seq);
        return [item(`TEST#${newId()}`)];
      },
    });
    expect(seen).toEqual([1, 2]);
    expect(verifyChain(await chainOf(holder))).toEqual({ ok: true, lines: 2 });
  });

  test('that cannot be read as a line is not written', async () => {
    const holder = newId();
    await expect(appendLine(reading(holder, { lane: 99 }))).rejects.toThrow();
    const put = new PutCommand(item(`TEST#${newId()}`).Put);
    await dynamo.send(put);
    expect(await chainOf(holder, '99')).toEqual([]);
  });
});

import '#test/notices/in-process.ts';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { noteLate } from '#functions/documents/note-late.ts';
import { onBeginDeletion } from '#functions/documents/on-begin-deletion.ts';
import { onMerge } from '#functions/documents/on-merge.ts';
import { onPart } from '#functions/documents/on-part.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { s3 } from '#shared/aws/s3.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { loadSince } from '#shared/journal/head.ts';
import { accessLaneNumbers } from '#shared/journal/lanes.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import { statusKey } from '#shared/record/table.ts';
import { deathsOf, killedAt } from '#test/enrolment/races/killed-at.ts';
import { deposit } from './deposits.ts';
import { bare, contentsOf, filedOf, type Somebody, somebody, world } from './merging.ts';
import { deposits, Kept } from './talk.ts';

const now = Date.parse('2023-04-01T09:00:00Z');
const clock = () => now;

afterEach(() => world.clearFaults());

/** Two records of which one has two documents, merged by what stands in the table alone: no worker is told. */
async function merging() {
  const [into, from] = [await somebody('open'), await somebody('open')];
  const documents: string[] = [];
  for (let at = 0; at < 2; at++)
    documents.push(Kept.parse((await deposits('laboratoire', deposit(from.nir))).body).id);
  await bare.merge(from, into);
  return { into, from, documents: documents.toSorted() };
}
type Merging = Awaited<ReturnType<typeof merging>>;

const told = async (of: Somebody, action: string) => {
  const lanes = accessLaneNumbers.map((lane) => loadSince({ holder: of.holder, lane, seq: 1 }));
  const lines = (await Promise.all(lanes)).flatMap((one) => one.lines);
  return lines.filter((line) => line.action === action).length;
};

async function hasMoved({ into, from, documents }: Merging, how: string) {
  expect(await contentsOf(from), how).toEqual([]);
  expect(await filedOf(from), how).toEqual([0, 0]);
  expect([...new Set(await contentsOf(into))], how).toEqual(documents);
  expect(await filedOf(into), how).toEqual([2, 2]);
  expect(await told(into, 'documents/take-in'), how).toBe(1);
}

async function isBack({ into, from, documents }: Merging, how: string) {
  expect(await contentsOf(into), how).toEqual([]);
  expect(await filedOf(into), how).toEqual([0, 0]);
  expect([...new Set(await contentsOf(from))], how).toEqual(documents);
  expect(await filedOf(from), how).toEqual([2, 2]);
  for (const one of [into, from]) expect(await told(one, 'documents/tell-mix-up'), how).toBe(1);
}

async function stands({ holder }: Somebody, status: StatusWord): Promise<void> {
  await dynamo.send(
    new UpdateCommand({
      TableName: world.physical('ENROLMENT_TABLE'),
      Key: statusKey(holder),
      UpdateExpression: 'SET #status = :status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': status },
    }),
  );
}

/** Has something happen whole before the next look at what the vault holds; tells whether it has. */
function beforeListing(act: () => Promise<void>): () => boolean {
  const name = 'meanwhile';
  let happening: Promise<void> | undefined;
  s3.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'ListObjectVersionsCommand' && !happening) {
          happening = act();
          await happening;
        }
        return next(args);
      },
    { step: 'initialize', name },
  );
  return () => s3.middlewareStack.remove(name) && happening !== undefined;
}

describe('ENR-20: documents that follow a merge, and come back', () => {
  test('killed at any call and done again, each is where it belongs, once', async () => {
    const first = await merging();
    const deaths = await deathsOf(() => onMerge(first.from, clock));
    await hasMoved(first, 'not killed');
    expect(deaths.length).toBeGreaterThanOrEqual(15);
    await inLanes(deaths, 3, async (n) => {
      const of = await merging();
      expect(await killedAt(n, () => onMerge(of.from, clock)), `call ${n}`).toMatchObject({
        died: true,
      });
      await onMerge(of.from, clock);
      await hasMoved(of, `call ${n}`);
    });
  }, 240_000);

  test('killed at any call on the way back and done again, each is back, and told once', async () => {
    const parting = async () => {
      const of = await merging();
      await onMerge(of.from, clock);
      await bare.part(of.from, of.into);
      return of;
    };
    const first = await parting();
    const deaths = await deathsOf(() => onPart(first.from, clock));
    await isBack(first, 'not killed');
    await inLanes(deaths, 3, async (n) => {
      const of = await parting();
      await killedAt(n, () => onPart(of.from, clock));
      await onPart(of.from, clock);
      await isBack(of, `call ${n}`);
    });
  }, 240_000);

  test('told to three at once, and once more, it has one effect', async () => {
    const of = await merging();
    await Promise.allSettled([1, 2, 3].map(() => onMerge(of.from, clock)));
    await onMerge(of.from, clock);
    await hasMoved(of, 'at once');
  });

  test.each([
    ['dynamodb:TransactWriteItems', 'DOC#'],
    ['dynamodb:PutItem', 'documents/take-in'],
    ['s3:PutObject', undefined],
    ['s3:DeleteObject', undefined],
  ])('an answer to %s (%s) that is lost has one effect', async (action, contains) => {
    const of = await merging();
    await world.plant({
      ...{ caller: 'operator', action, kind: 'lost-ack' },
      ...(contains === undefined ? {} : { if: { contains } }),
    });
    await onMerge(of.from, clock).catch(() => undefined);
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    await world.clearFaults();
    await onMerge(of.from, clock);
    await hasMoved(of, action);
  });

  test('a worker who comes late moves nothing of records that are parted, or were never merged', async () => {
    const of = await merging();
    await bare.part(of.from, of.into);
    await onMerge(of.from, clock);
    expect(await filedOf(of.from)).toEqual([2, 2]);
    expect(await filedOf(of.into)).toEqual([0, 0]);
    await onPart(of.into, clock);
    expect(await filedOf(of.from)).toEqual([2, 2]);
  });

  test('who still erases what a merge left behind touches nothing that a parting has brought back', async () => {
    const of = await merging();
    const parted = beforeListing(async () => {
      await bare.part(of.from, of.into);
      await onPart(of.from, clock);
    });
    await onMerge(of.from, clock);
    expect(parted()).toBe(true);
    await isBack(of, 'parted meanwhile');
  });

  test('who still erases what a parting left behind touches nothing that came by a new merge', async () => {
    const of = await merging();
    await onMerge(of.from, clock);
    await bare.part(of.from, of.into);
    const merged = beforeListing(async () => {
      await bare.merge(of.from, of.into);
      await onMerge(of.from, clock);
    });
    await onPart(of.from, clock);
    expect(merged()).toBe(true);
    await hasMoved(of, 'merged meanwhile');
  });

  test('ENR-43: a deletion waits for who is to have his documents back; none go into a record that is deleted', async () => {
    const of = await merging();
    await onMerge(of.from, clock);
    await bare.part(of.from, of.into);
    await stands(of.into, 'deleting');
    const erase = () => onBeginDeletion({ holder: of.into.holder, begunSeq: 2 }, clock);
    await expect(erase()).rejects.toThrow('not back yet');
    expect(await filedOf(of.into)).toEqual([2, 2]);
    for (const status of ['deleting', 'deleted'] as const) {
      await stands(of.from, status);
      await onPart(of.from, clock);
      expect(await filedOf(of.from), status).toEqual([0, 0]);
    }
    await stands(of.from, 'open');
    await onPart(of.from, clock);
    await isBack(of, 'back');
    await erase();
    await isBack(of, 'and the other erased');
  });

  test('a document whose grant is from before the merge follows, too', async () => {
    const [into, from] = [await somebody('open'), await somebody('open')];
    const { body } = await deposits('laboratoire', deposit(from.nir));
    // As if it had been filed after the worker had gone.
    expect(await noteLate(from.holder, now)).toBe(false);
    await bare.merge(from, into);
    expect(await noteLate(from.holder, now)).toBe(true);
    await world.idle();
    expect(await filedOf(from)).toEqual([0, 0]);
    expect(await filedOf(into)).toEqual([1, 1]);
    expect(await contentsOf(into)).toEqual([Kept.parse(body).id]);
  });
});

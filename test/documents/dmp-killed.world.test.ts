import './record.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { settleDmp } from '#functions/documents/settle-dmp.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { deathsOf, killedAt } from '#test/enrolment/races/killed-at.ts';
import { become, someoneWho } from './becoming.ts';
import { filedOf, handsOver, holds, now, receiptOf, takesIn, toldOf } from './dmp.ts';
import { manifestOf, packed } from './packages.ts';
import { world } from './record.ts';

afterEach(() => world.clearFaults());

const settles = (holder: string) => settleDmp(holder, () => now);
const opens = (holder: string) => become(holder, 'open');

async function waiting() {
  const { holder, nir } = await someoneWho('invited');
  const documents = [packed(nir, '1'), packed(nir, '2')];
  return { holder, at: await handsOver(manifestOf(nir, documents), documents) };
}

/** One that is held, of a record that has opened since; nobody was told. */
async function held() {
  const one = await waiting();
  await holds(one.at);
  await opens(one.holder);
  return one;
}

async function isHeld({ holder, at }: Awaited<ReturnType<typeof waiting>>, how: string) {
  expect(await filedOf(holder), how).toEqual({ DMP: 1, HELD: 2 });
  expect(await toldOf(holder), how).toEqual(['documents/take-in-dmp 2']);
  expect(await receiptOf(at), how).toMatchObject({ state: 'complete', taken: 2, of: 2 });
}

async function hasMoved({ holder }: { holder: string }, how: string) {
  expect(await filedOf(holder), how).toEqual({ DMP: 1, DOC: 2, UID: 2 });
  const told = ['documents/take-in-dmp 2', 'documents/transfer-dmp 2'];
  expect(await toldOf(holder), how).toEqual(told);
}

describe('R1111-40: the transfer of a DMP', () => {
  test('killed at any call of its taking in, and done again, counts each document once', async () => {
    const first = await waiting();
    const deaths = await deathsOf(() => takesIn(first.at));
    await isHeld(first, 'not killed');
    expect(deaths.length).toBeGreaterThanOrEqual(20);
    await inLanes(deaths, 3, async (n) => {
      const one = await waiting();
      expect(await killedAt(n, () => takesIn(one.at)), `call ${n}`).toMatchObject({ died: true });
      expect(await takesIn(one.at), `call ${n}`).toBe('complete');
      await isHeld(one, `call ${n}`);
    });
  }, 240_000);

  test('killed at any call of its move, and done again, is whole and told once', async () => {
    const first = await held();
    const deaths = await deathsOf(() => settles(first.holder));
    await hasMoved(first, 'not killed');
    expect(deaths.length).toBeGreaterThanOrEqual(10);
    await inLanes(deaths, 3, async (n) => {
      const one = await held();
      const death = await killedAt(n, () => settles(one.holder));
      expect(death, `call ${n}`).toMatchObject({ died: true });
      await settles(one.holder);
      await hasMoved(one, `call ${n}`);
    });
  }, 240_000);

  test('in several hands at once is taken in and moved once', async () => {
    const one = await waiting();
    const untilDone = async (act: () => Promise<unknown>) => {
      for (let round = 0; round < 8; round++) {
        const done = await act().then(
          () => true,
          (error: Error) => error.name !== 'Rivalled' && Promise.reject(error),
        );
        if (done) return;
      }
      throw new Error('rivals kept coming');
    };
    await Promise.all([1, 2, 3].map(() => untilDone(() => takesIn(one.at))));
    await isHeld(one, 'at once');
    await world.idle();
    await opens(one.holder);
    await Promise.all([1, 2, 3].map(() => untilDone(() => settles(one.holder))));
    await hasMoved(one, 'at once');
  });

  test.each([
    ['dynamodb:TransactWriteItems', 'HELD#'],
    ['dynamodb:TransactWriteItems', 'documents/take-in-dmp'],
    ['dynamodb:TransactWriteItems', 'UID#'],
    ['dynamodb:TransactWriteItems', 'documents/transfer-dmp'],
    ['dynamodb:PutItem', 'taking-in'],
    ['dynamodb:PutItem', 'moving'],
    ['s3:PutObject', undefined],
  ])('an answer to %s (%s) that is lost has one effect', async (action, contains) => {
    const one = await waiting();
    await world.plant({
      ...{ caller: 'operator', action, kind: 'lost-ack' },
      ...(contains === undefined ? {} : { if: { contains } }),
    });
    const again = async (act: () => Promise<unknown>) =>
      act().catch((error: Error) => (error.name === 'Rivalled' ? act() : Promise.reject(error)));
    await again(() => takesIn(one.at));
    await world.idle();
    await opens(one.holder);
    await again(() => settles(one.holder));
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    await hasMoved(one, action);
  });
});

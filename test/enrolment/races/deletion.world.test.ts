import '#test/notices/in-process.ts';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { certificateKey } from '#functions/enrolment/certificate-key.ts';
import { loadCertificate } from '#functions/enrolment/certificate-store.ts';
import { loadStatus } from '#functions/enrolment/person-store.ts';
import { reopenOwn } from '#functions/enrolment/reopen.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { Refusal } from '#shared/kernel/refusal.ts';
import { loadErasure } from '#shared/record/erasure.ts';
import { world } from './in-process.ts';
import { interleave } from './interleave.ts';
import { deathsOf, killedAt } from './killed-at.ts';
import { due, type Leaving, leaving } from './leaving.ts';
import { standing } from './standing.ts';

const department = '48';
const day = 86_400_000;
const closedAt = Date.parse('2023-03-01T09:00:00Z');
const reminded = closedAt + 25 * day;
const cooled = closedAt + 32 * day;
const asked = { department, closedAt, deletion: true };

afterEach(() => world.clearFaults());
afterAll(() => world.idle());

const one = async (given: Parameters<typeof leaving>[1] = asked): Promise<Leaving> => {
  const [found] = await leaving(1, given);
  if (!found) throw new Error('nobody');
  return found;
};
const told = async (holder: string) => (await standing(holder)).told.slice(3);
/** Later than the deletion's own clock, and than the world's, in which the rooms answer. */
const later = async () => Math.max(Date.parse(await world.now()), cooled) + day;

/** Reminded, then begun; the rooms have answered when this returns. */
async function begun(given?: Parameters<typeof leaving>[1]): Promise<Leaving & { at: number }> {
  const person = await one(given);
  await due(person.holder, reminded);
  await due(person.holder, cooled);
  await world.idle();
  return { ...person, at: await later() };
}

describe('ENR-43: a step killed at any of its calls and done again has one effect', () => {
  test.each([
    ['remind-deletion', () => one(), reminded, ['close', 'request-deletion', 'remind-deletion']],
    [
      'begin-deletion',
      async () => {
        const person = await one();
        await due(person.holder, reminded);
        return person;
      },
      cooled,
      ['close', 'request-deletion', 'remind-deletion', 'begin-deletion'],
    ],
  ] as const)(
    '%s',
    async (_name, prepared, now, expected) => {
      const { holder: first } = await prepared();
      const deaths = await deathsOf(() => due(first, now));
      expect(deaths.length).toBeGreaterThanOrEqual(3);
      await inLanes(deaths, 3, async (n) => {
        const { holder } = await prepared();
        expect(await killedAt(n, () => due(holder, now)), `call ${n}`).toMatchObject({
          died: true,
        });
        await due(holder, now);
        expect(await told(holder), `call ${n}`).toEqual(expected);
      });
    },
    240_000,
  );

  test('finish-deletion and tell-deletion: one certificate, and a mail at least', async () => {
    // Asked once an environment: it is no call of each deletion.
    await certificateKey();
    const first = await begun();
    const deaths = await deathsOf(() => due(first.holder, first.at));
    expect(deaths.length).toBeGreaterThanOrEqual(10);
    const people = await Promise.all(deaths.map(() => one()));
    for (const { holder } of people) {
      await due(holder, reminded);
      await due(holder, cooled);
    }
    await world.idle();
    const at = await later();
    await inLanes(deaths, 3, async (n) => {
      const { holder, nir } = people[n - 1] ?? first;
      expect(await killedAt(n, () => due(holder, at)), `call ${n}`).toMatchObject({ died: true });
      await due(holder, at + 1000);
      const { status, told: words } = await standing(holder);
      expect(words.slice(-3), `call ${n}`).toEqual([
        ...['begin-deletion', 'finish-deletion', 'tell-deletion'],
      ]);
      expect(status, `call ${n}`).not.toHaveProperty('untold');
      expect((await loadCertificate(holder, 1))?.certificate.record).toBe(holder);
      const mails = await world.mails({ to: `neuf-${nir}@exemple.invalid` });
      const last = mails.filter(({ subject }) => subject.endsWith('votre espace est supprimé'));
      expect([1, 2], `call ${n}`).toContain(last.length);
    });
  }, 240_000);
});

test('ENR-43: an answer lost on the way has one effect', async () => {
  const { holder, nir } = await one();
  const lose = (action: string, contains: string) =>
    world.plant({ caller: 'operator', action, kind: 'lost-ack', if: { contains } });
  for (const act of ['remind', 'begin', 'finish', 'tell'])
    await lose('dynamodb:TransactWriteItems', `"enrolment/${act}-deletion"`);
  await lose('kms:Sign', 'ECDSA');
  await due(holder, reminded);
  await due(holder, cooled);
  await world.idle();
  await due(holder, await later());
  expect((await world.faults()).map(({ fired }) => fired)).toEqual([1, 1, 1, 1, 1]);
  expect(await told(holder)).toEqual([
    ...['close', 'request-deletion', 'remind-deletion'],
    ...['begin-deletion', 'finish-deletion', 'tell-deletion'],
  ]);
  const mails = await world.mails({ to: `neuf-${nir}@exemple.invalid` });
  expect(mails.filter(({ subject }) => subject.includes('est supprimé'))).toHaveLength(1);
});

test('ENR-43: a deletion waits for each room, and for the caches of the key', async () => {
  const person = await one();
  await due(person.holder, reminded);
  expect(await due(person.holder, cooled)).toEqual(['begun', 'skipped']);
  // Whatever the rooms have done by now: no cache has let go of the key yet.
  const status = await loadStatus(person.holder);
  if (status?.status !== 'deleting') throw new Error('not begun');
  await world.idle();
  const erased = await loadErasure(status);
  expect([...erased.keys()].sort()).toEqual([
    ...['documents/destroy-key', 'documents/erase-record', 'notices/erase-record'],
  ]);
  const term = Date.parse(erased.get('documents/destroy-key')?.at ?? '') + 5 * 60_000;
  const early = Math.max(term, Date.parse(status.finishFrom));
  if (early === term) expect(await due(person.holder, term)).toEqual(['waits']);
  expect(await due(person.holder, early + 1)).toEqual(['finished', 'told', 'skipped']);
});

test('ENR-44: of a reopening and the deletion at one instant exactly one wins, whoever goes first', async () => {
  const orders = Array.from({ length: 16 }, (_, order) => order);
  const people = await leaving(orders.length, asked);
  const seen = new Set<string>();
  await inLanes(orders, 4, async (order) => {
    const person = people[order];
    if (!person) throw new Error('too few people');
    const { holder, caller } = person;
    await due(holder, reminded);
    let turn = 0;
    const again = { ...caller, signedInAt: new Date(cooled).toISOString() };
    const { outcomes } = await interleave(
      {
        deletion: () => due(holder, cooled),
        reopening: () => reopenOwn({ caller: again, receivedAt: cooled }),
      },
      (ready) => ready[(order >> (turn++ % 4)) & 1] ?? ready[0] ?? '',
    );
    const { status, told: words } = await standing(holder);
    const reopened = outcomes.reopening?.status === 'fulfilled';
    seen.add(status.status);
    expect(status.status).toBe(reopened ? 'activated' : 'deleting');
    expect(words.filter((one) => /begin-deletion|reopen/.test(one))).toHaveLength(1);
    if (outcomes.reopening?.status === 'rejected') {
      const { reason } = outcomes.reopening;
      expect(reason instanceof Refusal && reason.code).toBe('enrolment/deletion-under-way');
    }
    expect(outcomes.deletion?.status).toBe('fulfilled');
  });
  expect([...seen].sort()).toEqual(['activated', 'deleting']);
}, 240_000);

test('ENR-44: while it runs nothing takes it back, nor when it is done', async () => {
  const { holder, caller, at } = await begun();
  const reopen = (now: number) =>
    reopenOwn({
      caller: { ...caller, signedInAt: new Date(now).toISOString() },
      receivedAt: now,
    }).catch((error: unknown) => (error instanceof Refusal ? error.code : error));
  expect(await reopen(cooled)).toBe('enrolment/deletion-under-way');
  await due(holder, at);
  expect(await reopen(at)).toBe('enrolment/nothing-to-reopen');
});

test('ENR-43: a record that was closed and no more is deleted after ten years, reminded before', async () => {
  const { holder } = await one({ ...asked, deletion: false });
  const years = Date.parse('2033-03-01T23:00:00Z');
  expect(await due(holder, years - 8 * day)).toEqual(['skipped']);
  expect(await due(holder, years - 6 * day)).toEqual(['reminded', 'skipped']);
  // Late by a day: its seven days are kept.
  expect(await due(holder, years)).toEqual(['skipped']);
  expect(await due(holder, years + day)).toEqual(['begun', 'skipped']);
  await world.idle();
  expect(await due(holder, years + 2 * day)).toEqual(['finished', 'told', 'skipped']);
  const { status } = await standing(holder);
  expect(status).toMatchObject({ status: 'deleted', closedAt: new Date(closedAt).toISOString() });
  expect((await loadCertificate(holder, 1))?.certificate).toMatchObject({
    ...{ cause: 'kept-long-enough', documents: 0, versions: 0 },
  });
});

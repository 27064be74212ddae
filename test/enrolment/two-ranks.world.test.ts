import '#test/enrolment/races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { getMany } from '#functions/enrolment/get-many.ts';
import { loadStatus, statusWrite } from '#functions/enrolment/person-store.ts';
import { Status } from '#functions/enrolment/stored.ts';
import { transact } from '#shared/aws/transact.ts';
import { findLink, linkWrite } from '#shared/record/link.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { statusKey } from '#shared/record/table.ts';
import { nirTag } from '#shared/record/tags.ts';
import { person } from './builders.ts';
import { childOf, codesFor, costOf, dropFamily, opposeFor } from './child.ts';
import { dropUpdates, sendWave, someone, world, wrongCode } from './town.ts';

const dept = '39';
/** Each with a child whom the insurance body took for two. */
const families = Array.from({ length: 3 }, () => {
  const parent = someone(dept);
  const twin = (rank: string) =>
    childOf(parent, { nir: someone(dept).nir, givenNames: 'Ana', rank });
  return { parent, first: twin('1'), second: twin('2') };
});
const family = (at: number) => {
  const one = families[at];
  if (!one) throw new Error('no family');
  return one;
};
const only = someone(dept);
const onlyChild = childOf(only, { givenNames: 'Kaïs' });
const holderOf = async (nir: string) =>
  (await findByNir(nirTag(await secretMade('lookup'), nir)))?.holder ?? '';

beforeAll(async () => {
  const people = families.flatMap(({ parent, first, second }) => [parent, first, second]);
  const told = await dropFamily([...people, only, onlyChild]);
  expect(told).toMatchObject({ imported: 11, errors: 0 });
});

describe('MIN-5, ENR-20: two records of one child, one of which has its own account', () => {
  test('the account leads to the record that is left, and back', async () => {
    const { first, second } = family(2);
    const [into, gone] = [await holderOf(first.nir), await holderOf(second.nir)];
    const before = await loadStatus(gone);
    if (!before) throw new Error('nobody');
    const account = 'account-of-one-of-age-in-39';
    const { activatedAt, conditions, choices, informedAt, deadlineAt } = person.activated;
    const of = { activatedAt, conditions, choices, informedAt, deadlineAt, linkTag: account };
    const next = { ...before, ...of, status: 'activated', version: before.version + 1 };
    await transact([
      statusWrite(Status.parse(next), before.version),
      linkWrite(account, { holder: gone, linkedAt: activatedAt }),
    ]);
    const leads = async () => (await findLink(account, { consistent: true }))?.holder;
    const numbers = { from: second.nir, into: first.nir };
    expect(await dropUpdates([{ op: 'merge', ...numbers }])).toMatchObject({ updated: 1 });
    expect(await loadStatus(into)).toMatchObject({ status: 'activated', linkTag: account });
    expect(await leads()).toBe(into);
    expect(await dropUpdates([{ op: 'split', ...numbers }])).toMatchObject({ updated: 1 });
    expect(await loadStatus(gone)).toMatchObject({ status: 'activated', linkTag: account });
    expect(await leads()).toBe(gone);
  });
});

describe('ENR-20, ENR-22: one child who is found under two ranks', () => {
  beforeAll(async () => {
    const merges = [family(0), family(1)].map(({ first, second }) => ({
      ...{ op: 'merge', from: second.nir, into: first.nir },
    }));
    expect(await dropUpdates(merges)).toMatchObject({ updated: 2, errors: 0 });
    await sendWave('wave-39', [dept]);
  });

  test('a look at several takes the same key twice', async () => {
    const key = statusKey(await holderOf(family(0).first.nir));
    expect(await getMany([key, key])).toHaveLength(1);
  });

  test('ENR-14: a stranger is told nothing, at one cost', async () => {
    const { parent, first } = family(0);
    const [code = ''] = await codesFor(parent, 'Ana');
    const wrong = wrongCode(code);
    // A function that has just begun fetches its keys.
    await opposeFor(someone(dept), first, { code: wrong, from: '127.39.1.9' });
    const tries = [
      await costOf(() => opposeFor(only, onlyChild, { code: wrong, from: '127.39.1.1' })),
      await costOf(() => opposeFor(someone(dept), first, { code: wrong, from: '127.39.1.2' })),
      await costOf(() => opposeFor(parent, first, { code: wrong, from: '127.39.1.3' })),
      await costOf(() => opposeFor(parent, first, { code: wrong, rank: 2, from: '127.39.1.4' })),
    ];
    for (const { answer, cost } of tries)
      expect([answer.status, answer.text, cost]).toEqual([
        403,
        tries[0]?.answer.text,
        tries[0]?.cost,
      ]);
  });

  test('ENR-12: a wish for a code needs no rank, his own or an agent’s for him', async () => {
    const { parent, first } = family(0);
    expect(await codesFor(parent, 'Ana')).toHaveLength(1);
    const { nir } = parent;
    const { cardSerial, birthDate } = first;
    const body = { nir, cardSerial, birthDate, child: {} };
    const asked = await world.request({ method: 'POST', path: '/enrolment/codes', body });
    await world.idle();
    expect(asked.status).toBe(202);
    expect(await codesFor(parent, 'Ana')).toHaveLength(2);
    const checks = ['name', 'birth-date', 'address'];
    const byAgent = await world.request({
      ...{ method: 'POST', path: '/enrolment/agent-oppositions' },
      token: await world.token('conseiller'),
      body: { nir, birthDate, channel: 'phone', checks, madeOn: (await world.now()).slice(0, 10) },
    });
    expect([byAgent.status, byAgent.text]).toEqual([201, expect.stringContaining('opposed')]);
  });

  test('his code is right without a rank, and with either', async () => {
    const { parent, first } = family(1);
    const [code = ''] = await codesFor(parent, 'Ana');
    for (const rank of [2, 1]) {
      const contrary = await opposeFor(parent, first, { code: wrongCode(code), rank });
      expect(contrary.status).toBe(403);
    }
    const answer = await opposeFor(parent, first, { code });
    expect([answer.status, answer.text]).toEqual([201, expect.stringContaining('opposed')]);
    const again = await opposeFor(parent, first, { code, rank: 2 });
    expect(again.body).toMatchObject({ status: 409, code: 'enrolment/code-used' });
  });
});

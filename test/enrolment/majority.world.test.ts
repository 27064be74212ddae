import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { addDays, addYears, parisBounds, parisDay } from '#shared/kernel/calendar.ts';
import { activate, addressOf, tokenOf } from './activating.ts';
import { activateFor, childOf, codesFor, dropFamily, opposeFor } from './child.ts';
import { codeOf, journalOf, oppose, sendWave, someone, world } from './town.ts';

const dept = '56';
const parent = someone(dept);
const today = parisDay(Date.parse(await world.now()));
const adultOn = addDays(today, 52);
const soon = addDays(today, 20);
const own = (day: string, change: Partial<InsuredRow>) => {
  const { nir } = someone(dept);
  return childOf(parent, {
    nir,
    birthDate: addYears(day, -18),
    email: `j${nir}@example.org`,
    ...change,
  });
};
const kais = own(adultOn, { givenNames: 'Kaïs' });
const lea = { ...own(addDays(adultOn, 1), { givenNames: 'Léa' }), email: '' };
const zoe = own(addDays(adultOn, 2), { givenNames: 'Zoé' });
const tom = own(soon, { givenNames: 'Tom' });
// Without an address of his own: he stands to be written to.
const max = { ...own(addDays(soon, 1), { givenNames: 'Max' }), email: '' };
const codes: Record<string, string> = {};
const holders: Record<string, string> = {};

const subjects = async (to: string) => (await world.mails({ to })).map(({ subject }) => subject);
const count = async (to: string, text: string) =>
  (await subjects(to)).filter((subject) => subject.includes(text)).length;
const parentToken = () => tokenOf(`majority-${parent.nir}`);
const history = async (child: string) =>
  world.request({
    ...{ path: '/journal/history', token: await parentToken() },
    headers: { 'x-acting-for': child },
  });
const actsOf = async (holder = '') =>
  ((await journalOf(dept)).get(holder) ?? []).map(({ action }) => action);
const to = (instant: number) => world.move(new Date(instant).toISOString());
const dawn = 4 * 3_600_000;

beforeAll(async () => {
  await dropFamily([parent, kais, lea, zoe, tom, max]);
  await sendWave('wave-56', [dept]);
  for (const name of ['Kaïs', 'Léa', 'Zoé', 'Tom', 'Max'])
    codes[name] = (await codesFor(parent, name)).at(-1) ?? '';
  const mails = await world.mails({ to: parent.email });
  const about = mails.find(({ subject }) => subject.includes('votre espace va être ouvert'));
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(about?.text ?? '')?.[0] ?? '';
  const token = await parentToken();
  expect((await activate(parent, { code, token })).status).toBe(200);
  const opened = await activateFor(parent, kais, { code: codes.Kaïs ?? '', token });
  expect(opened.status, opened.text).toBe(200);
  holders.kais = JSON.parse(opened.text).holder;
  expect((await opposeFor(parent, lea, { code: codes.Léa ?? '' })).status).toBe(201);
});

describe('MIN-5: before the eighteenth birthday', () => {
  test('the guardian and the young person are told, once for what was missed and once a month before', async () => {
    // The acknowledgements of the last reminder and of the first majority are lost: each is told once all the same.
    const contains = (act: string) => ({ if: { contains: `"enrolment/${act}"` } });
    const lost = { action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' } as const;
    for (const act of ['remind-majority', 'come-of-age'])
      await world.plant({ caller: 'enrolment-deletion', ...lost, ...contains(act) });
    await to(parisBounds(addDays(adultOn, -30)).begin + dawn);
    await world.idle();
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1, 1]);
    await world.clearFaults();
    expect(await count(addressOf(parent), 'votre enfant sera bientôt majeur')).toBe(2);
    expect(await count(kais.email, 'vous serez bientôt majeur')).toBe(2);
    const told = await world.mails({ to: addressOf(parent) });
    expect(await count(addressOf(parent), 'votre opposition est enregistrée')).toBe(1);
    expect(told.at(-1)?.text).toContain('Votre enfant Kaïs aura dix-huit ans le');
    expect(told.at(-1)?.text).not.toContain('Quand il dit');
  });

  test('R1111-28: who comes of age while a deadline runs is not opened by it, and is informed himself', async () => {
    const code = codes.Tom ?? '';
    // He has come of age by now: neither his guardian's word nor the guardian's code counts any more.
    expect((await opposeFor(parent, tom, { code })).body).toMatchObject({
      code: 'enrolment/not-recognised',
    });
    expect((await oppose(tom, { code })).body).toMatchObject({ code: 'enrolment/not-recognised' });
    expect(await count(tom.email, 'votre espace est à vous seul')).toBe(1);
    expect((await oppose(max, { code: codes.Max ?? '' })).body).toMatchObject({
      code: 'enrolment/not-recognised',
    });
    const grown = [...(await journalOf(dept)).values()].flatMap((lines) =>
      lines.filter(({ action }) => action === 'enrolment/come-of-age'),
    );
    expect(grown.map(({ object }) => [object.to, object.informBy]).sort()).toEqual([
      ['invited', 'letter'],
      ['invited', 'mail'],
    ]);
    const mine = await codeOf(tom);
    expect(mine).not.toBe(code);
    await to(parisBounds(addDays(today, 44)).begin + dawn);
    expect(await count(tom.email, 'est ouvert')).toBe(0);
    // Nor do those who were his guardians name him to an agent any more.
    const token = await world.token('conseiller');
    const named = { birthDate: max.birthDate, channel: 'phone' };
    const checks = ['name', 'birth-date', 'address'];
    const madeOn = parisDay(Date.parse(await world.now()));
    const byAgent = (path: string, body: object) =>
      world.request({ method: 'POST', path, token, body: { ...named, checks, ...body } });
    for (const [path, more] of [
      ['/enrolment/agent-oppositions', { madeOn }],
      ['/enrolment/agent-codes', {}],
    ] as const)
      expect((await byAgent(path, { nir: parent.nir, ...more })).body).toMatchObject({
        ...{ status: 404, code: 'enrolment/unknown-person' },
      });
    expect((await byAgent('/enrolment/agent-codes', { nir: max.nir })).body).toMatchObject({
      code: 'enrolment/letter-under-way',
    });
    expect((await oppose(tom, { code: mine })).status).toBe(201);
  });
});

describe('MIN-5: the eighteenth birthday', () => {
  test('ends the guardian’s access at midnight in Paris; the night’s run tells both and sends a code of his own', async () => {
    const { begin } = parisBounds(adultOn);
    await to(begin - 60_000);
    expect((await history(holders.kais ?? '')).status).toBe(200);
    await to(begin);
    expect((await history(holders.kais ?? '')).body).toMatchObject({ code: 'access/not-guardian' });
    await to(begin + dawn);
    await world.idle();
    expect(await count(addressOf(parent), 'votre enfant est majeur')).toBe(1);
    expect(await count(kais.email, 'votre espace est à vous seul')).toBe(1);
    const acts = await actsOf(holders.kais);
    expect(acts.filter((act) => act === 'enrolment/come-of-age')).toHaveLength(1);
    const profiles = await world.request({
      path: '/identity/profiles',
      token: await parentToken(),
    });
    expect(profiles.text).not.toContain('Kaïs');
  });

  test('he makes the record his own with his card and that code, and chooses anew', async () => {
    const token = await tokenOf(`majority-${kais.nir}`);
    const choices = {
      visibility: 'masked',
      emergency: { breakGlass: 'refuse', regulation: 'permit' },
    };
    const done = await activate(kais, { code: await codeOf(kais), token, change: { choices } });
    expect(done.status, done.text).toBe(200);
    expect(done.body).toMatchObject({ holder: holders.kais });
    const mine = await world.request({ path: '/journal/history', token });
    expect(mine.status).toBe(200);
    expect(mine.text).toContain('Majorité');
    expect((await history(holders.kais ?? '')).body).toMatchObject({ code: 'access/not-guardian' });
    const lines = (await journalOf(dept)).get(holders.kais ?? '') ?? [];
    expect(verifyChain(lines)).toMatchObject({ ok: true });
  });

  test('what was opposed or opened in his place stays, and he may change it: by mail or by letter he has a code', async () => {
    await to(parisBounds(addDays(adultOn, 2)).begin + dawn);
    await world.idle();
    const chains = [...(await journalOf(dept)).values()];
    const ofLea = chains.find(
      (lines) =>
        lines.some(({ action, outcome }) => action === 'enrolment/oppose' && outcome === 'done') &&
        lines.some(({ action }) => action === 'enrolment/request-letter'),
    );
    expect(ofLea?.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['enrolment/come-of-age', 'enrolment/request-letter']),
    );
    expect(ofLea?.at(-1)?.object).toMatchObject({ informBy: 'letter' });
    expect(await count(zoe.email, 'votre espace est à vous seul')).toBe(1);
    const token = await tokenOf(`majority-${zoe.nir}`);
    expect((await activate(zoe, { code: await codeOf(zoe), token })).status).toBe(200);
  });
});

import '#test/enrolment/races/in-process.ts';
import '#test/enrolment/own-card-age.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { begin } from '#functions/enrolment/begin-activation.ts';
import { confirm } from '#functions/enrolment/confirm-activation.ts';
import { promoted } from '#functions/enrolment/next-code.ts';
import { object } from '#functions/enrolment/object.ts';
import { request } from '#functions/enrolment/request-code.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { addDays, addYears, parisBounds, parisDay } from '#shared/kernel/calendar.ts';
import { activate, addressOf, choices, conditions, otpsTo, tokenOf } from './activating.ts';
import { code as codeWith, current } from './builders.ts';
import { activateFor, childOf, codesFor, dropFamily } from './child.ts';
import { standing } from './races/standing.ts';
import { codesOf, oppose, sendWave, someone, world } from './town.ts';

const dept = '35';
const parent = someone(dept, { birthName: 'PARENTBRUANT' });
const today = parisDay(Date.parse(await world.now()));
const adultOn = addDays(today, 20);
const sixteenOn = addDays(today, 10);

/** A minor with a number and an address of his own, and a card, unless he is on his parent's. */
function minor(givenNames: string, birthDate: string, change: Partial<InsuredRow> = {}) {
  const { nir, cardSerial } = someone(dept);
  const email = `j${nir}@exemple.invalid`;
  return childOf(parent, { ...{ nir, cardSerial, email, givenNames, birthDate }, ...change });
}
const eva = minor('Eva', addYears(adultOn, -18));
const lina = minor('Lina', addYears(sixteenOn, -16));
const noe = minor('Noé', addYears(addDays(adultOn, 300), -18), { cardSerial: parent.cardSerial });
const tom = minor('Tom', addYears(addDays(adultOn, 301), -18));
const zoe = minor('Zoé', addYears(addDays(adultOn, 302), -18), { email: parent.email });
const codes = new Map<string, string>();
const holders = new Map<string, string>();
const stands = (name: string) => standing(holders.get(name) ?? '');
const parentToken = () => tokenOf(`own-card-${parent.nir}`);
const subjectOf = ({ nir }: InsuredRow) => `minor-${nir}`;

/** A minute from now, in the world's time: what was sent before is not too fresh. */
async function soon() {
  const now = Date.parse(await world.now()) + 60_000;
  return { receivedAt: now, now, sourceIp: '127.35.0.1' };
}
const asked = ({ nir, cardSerial, birthDate }: InsuredRow) => ({ nir, cardSerial, birthDate });

/** Begins as a minor does, with his own number, card and code. */
async function beginAs(who: InsuredRow, code: string) {
  const { nir, cardSerial, email } = who;
  const body = { nir, cardSerial, code, email, conditions, choices };
  return begin({ body, subject: subjectOf(who), ...(await soon()) });
}

beforeAll(async () => {
  const told = await dropFamily([parent, eva, lina, noe, tom, zoe]);
  expect(told).toMatchObject({ imported: 6, errors: 0 });
  await sendWave('wave-35', [dept]);
  const mails = await world.mails({ to: parent.email });
  const about = mails.find(({ subject }) => subject.includes('votre espace va être ouvert'));
  const own = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(about?.text ?? '')?.[0] ?? '';
  const token = await parentToken();
  expect((await activate(parent, { code: own, token })).status).toBe(200);
  for (const [name, row] of Object.entries({ Eva: eva, Lina: lina, Noé: noe, Zoé: zoe })) {
    const code = (await codesFor(parent, name)).at(-1) ?? '';
    codes.set(name, code);
    const opened = await activateFor(parent, row, { code, token });
    expect(opened.status, opened.text).toBe(200);
    holders.set(name, JSON.parse(opened.text).holder);
  }
  codes.set('Tom', (await codesFor(parent, 'Tom')).at(-1) ?? '');
  await world.idle();
});

describe('MIN-4: where the stage says no age', () => {
  test('a minor’s own number is answered as nobody’s, with whatever code', async () => {
    const post = (path: string, body: object, token?: string) =>
      world.request({ method: 'POST', path, body, ...(token === undefined ? {} : { token }) });
    const wish = await post('/enrolment/codes', asked(eva));
    expect(wish.text).toBe((await post('/enrolment/codes', asked(someone(dept)))).text);
    expect((await stands('Eva')).told.at(-1)).toBe('request-code refused guardian-mismatch');
    const token = await tokenOf(subjectOf(eva));
    const { nir, cardSerial, email } = eva;
    const body = { nir, cardSerial, email, code: codes.get('Eva'), conditions, choices };
    const his = await post('/enrolment/activations', body, token);
    const nobodys = await post(
      '/enrolment/activations',
      { ...body, nir: someone(dept).nir },
      token,
    );
    expect([his.status, his.text]).toEqual([403, nobodys.text]);
    expect(await codesOf(eva)).toEqual([]);
  });
});

describe('MIN-4: from sixteen on, with a card of one’s own', () => {
  test('the birthday begins at midnight in Paris, not before', async () => {
    const { begin: midnight } = parisBounds(sixteenOn);
    const at = (receivedAt: number) =>
      request({ body: asked(lina), receivedAt, now: receivedAt, sourceIp: '127.35.0.2' });
    await at(midnight - 1);
    expect((await stands('Lina')).told.at(-1)).toBe('request-code refused guardian-mismatch');
    await at(midnight);
    expect((await stands('Lina')).told.at(-1)).toBe('request-code');
    await world.idle();
    expect(await codesOf(lina)).toHaveLength(1);
    expect(await codesFor(parent, 'Lina')).toHaveLength(1);
  });

  test('whether there is a record is the guardian’s to decide: no code before, and no objection at any time', async () => {
    await request({ body: asked(tom), ...(await soon()) });
    await world.idle();
    expect(await codesOf(tom)).toEqual([]);
    const { nir, cardSerial } = tom;
    const body = { nir, cardSerial, code: codes.get('Tom') ?? '' };
    const objecting = { body, ...(await soon()), idempotencyKey: undefined };
    await expect(object(objecting)).rejects.toMatchObject({ code: 'enrolment/not-recognised' });
    expect((await oppose(tom, { code: body.code })).body).toMatchObject({
      code: 'enrolment/not-recognised',
    });
  });

  test('a card that is the guardian’s is none of one’s own', async () => {
    await request({ body: asked(noe), ...(await soon()) });
    await world.idle();
    const code = (await codesOf(noe)).at(-1) ?? '';
    await expect(beginAs(noe, code)).rejects.toMatchObject({ code: 'enrolment/card-mismatch' });
  });

  test('an address that is a guardian’s as well gets no code, and the guardian’s own stays', async () => {
    const before = await codesOf(zoe);
    await request({ body: asked(zoe), ...(await soon()) });
    await world.idle();
    expect((await stands('Zoé')).told.at(-1)).toBe('renew-code refused guardians-address');
    expect(await codesOf(zoe)).toEqual(before);
    const code = codes.get('Zoé') ?? '';
    const again = await activateFor(parent, zoe, { code, token: await parentToken() });
    expect(again.body).not.toMatchObject({ code: 'enrolment/not-recognised' });
  });

  test('opens the record beside the guardian, who is told and keeps it', async () => {
    // What the guardian was sent is the guardian's.
    await expect(beginAs(eva, codes.get('Eva') ?? '')).rejects.toMatchObject({
      code: 'enrolment/not-recognised',
    });
    await request({ body: asked(eva), ...(await soon()) });
    await world.idle();
    const code = (await codesOf(eva)).at(-1) ?? '';
    const token = await parentToken();
    const theirs = await activateFor(parent, eva, { code, token, from: '127.35.0.3' });
    expect(theirs.body).toMatchObject({ code: 'enrolment/not-recognised' });
    const { activation } = await beginAs(eva, code);
    const otp = (await otpsTo(eva.email)).at(-1) ?? '';
    const confirming = { activation, otp, subject: subjectOf(eva), ...(await soon()) };
    const done = await confirm(confirming);
    expect(done).toMatchObject({ status: 'activated', holder: holders.get('Eva') });
    expect(await confirm(confirming)).toEqual(done);
    await world.idle();
    const { status, told } = await stands('Eva');
    expect(told.at(-1)).toBe('link-minor');
    expect(status).toMatchObject({ status: 'activated', guardians: [expect.anything()] });
    const subjects = async (to: string) =>
      (await world.mails({ to })).map(({ subject }) => subject.replace('Mon espace santé : ', ''));
    expect(await subjects(addressOf(parent))).toContain(
      'votre enfant a maintenant son propre compte',
    );
    expect(await subjects(eva.email)).toContain('votre compte ouvre votre espace');
  });

  test('she reads it, the guardian does, and only the guardian closes it', async () => {
    const path = '/journal/history';
    const hers = await tokenOf(subjectOf(eva));
    expect((await world.request({ path, token: hers })).status).toBe(200);
    const headers = { 'x-acting-for': holders.get('Eva') ?? '' };
    const theirs = await world.request({ path, token: await parentToken(), headers });
    expect(theirs.status).toBe(200);
    const closing = { confirm: true, deletion: false };
    for (const [method, at, body] of [
      ['POST', '/enrolment/closure', closing],
      ['POST', '/enrolment/reopening', undefined],
    ] as const) {
      const answer = await world.request({
        method,
        path: at,
        token: hers,
        ...(body ? { body } : {}),
      });
      expect(answer.body).toMatchObject({ status: 403, code: 'enrolment/minors-guardian' });
    }
  });

  test('MIN-5: at eighteen it is hers alone, with the account that she has', async () => {
    await world.move(new Date(parisBounds(adultOn).begin + 4 * 3_600_000).toISOString());
    await world.idle();
    const { status, told } = await stands('Eva');
    expect(told.at(-1)).toBe('come-of-age');
    expect(status).toMatchObject({ status: 'activated', cameOfAgeAt: expect.anything() });
    expect('guardians' in status && status.guardians).toBe(false);
    const path = '/journal/history';
    const hers = await world.request({ path, token: await tokenOf(subjectOf(eva)) });
    expect(hers.status).toBe(200);
    const headers = { 'x-acting-for': holders.get('Eva') ?? '' };
    const theirs = await world.request({ path, token: await parentToken(), headers });
    expect(theirs.body).toMatchObject({ code: 'access/not-guardian' });
    // No code is sent to who has an account.
    expect(await codesOf(eva)).toHaveLength(1);
  });

  test('of a record that opened by itself the account is the first way in; a guardian joins it later', async () => {
    await world.move(new Date(parisBounds(addDays(today, 46)).begin).toISOString());
    await world.idle();
    await request({ body: asked(tom), ...(await soon()) });
    await world.idle();
    const { activation } = await beginAs(tom, (await codesOf(tom)).at(-1) ?? '');
    const otp = (await otpsTo(tom.email)).at(-1) ?? '';
    const how = { activation, otp, subject: subjectOf(tom), ...(await soon()) };
    const { holder } = await confirm(how);
    holders.set('Tom', holder);
    await world.idle();
    expect((await stands('Tom')).told.at(-1)).toBe('activate');
    const told = await world.mails({ to: addressOf(parent) });
    expect(told.at(-1)?.text).toContain('Vous n’avez pas encore accès à l’espace de Tom');
    const his = (await world.mails({ to: tom.email })).at(-1);
    expect(his?.subject).toBe('Mon espace santé : votre compte ouvre votre espace');
    const wish = { ...asked(tom), nir: parent.nir, child: {} };
    await world.move(new Date(Date.parse(await world.now()) + 3_600_000).toISOString());
    await world.request({ method: 'POST', path: '/enrolment/codes', body: wish });
    await world.idle();
    const code = (await codesFor(parent, 'Tom')).at(-1) ?? '';
    const joined = await activateFor(parent, tom, { code, token: await parentToken() });
    expect([joined.status, joined.text]).toEqual([200, expect.stringContaining(holder)]);
    expect((await stands('Tom')).status).toMatchObject({ guardians: [expect.anything()] });
    const reading = { path: '/journal/history', token: await tokenOf(subjectOf(tom)) };
    expect((await world.request(reading)).status).toBe(200);
  });
});

test('MIN-4: a code is a minor’s own by whom it was made for, whatever was asked for since', () => {
  const sent = { sentAt: current.sentAt, validUntil: current.validUntil };
  const made = { ...current, purpose: 'request:7', sealed: new Uint8Array(1) };
  const theirs = codeWith({}, { requestedByMinor: true });
  expect(promoted({ ...theirs, next: made }, sent)).toMatchObject({ current: { generation: 2 } });
  const next = promoted({ ...theirs, next: made }, sent);
  expect([next.current?.ofMinor, next.requestedByMinor]).toEqual([undefined, undefined]);
  const own = promoted({ ...codeWith(), next: { ...made, ofMinor: true } }, sent);
  expect(own.current?.ofMinor).toBe(true);
});

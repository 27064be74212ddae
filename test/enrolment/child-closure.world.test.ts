import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { ownDeposit } from '#test/documents/deposits.ts';
import { activate, addressOf, tokenOf } from './activating.ts';
import { activateFor, childOf, codesFor, dropFamily, losing, opposeFor } from './child.ts';
import { dropUpdates, journalOf, sendWave, someone, wholeTable, world } from './town.ts';

const dept = '84';
const [mother, father, stranger] = [someone(dept), someone(dept), someone(dept)];
const noe = childOf(mother, { givenNames: 'Noé' });
const ana = childOf(stranger, { givenNames: 'Ana' });
/** Never activated by anybody. */
const lou = childOf(mother, { givenNames: 'Lou', birthDate: '2017-03-02' });
let [ofNoe, ofAna] = ['', ''];

const token = (one: InsuredRow, signedInSecondsAgo = 0) =>
  tokenOf(`closing-${one.nir}`, { signedInSecondsAgo });

async function ask(
  path: string,
  as: InsuredRow,
  how: { child?: string; body?: object; ago?: number } = {},
) {
  const { child = ofNoe, body, ago } = how;
  return world.request({
    ...{ method: body ? 'POST' : 'GET', path, token: await token(as, ago) },
    headers: {
      ...(child ? { 'x-acting-for': child } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body } : {}),
  });
}

const close = (as: InsuredRow, deletion = false, child = ofNoe) =>
  ask('/enrolment/closure', as, { child, body: { confirm: true, deletion } });
const reopen = async (as: InsuredRow, child = ofNoe) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/reopening', token: await token(as) },
    headers: { 'x-acting-for': child },
  });
const wish = async (as: InsuredRow) => Object((await ask('/enrolment/closure-wish', as)).body);
const answer = async (
  as: InsuredRow,
  agrees: boolean,
  how: { wish?: string; ago?: number } = {},
) => {
  const name = how.wish ?? (await wish(as)).wish;
  return ask(`/enrolment/closure-wishes/${name}/answer`, as, {
    body: { agrees },
    ...(how.ago === undefined ? {} : { ago: how.ago }),
  });
};
const history = (as: InsuredRow) => ask('/journal/history', as);
const told = async (as: InsuredRow, text: string) =>
  (await world.mails({ to: addressOf(as) })).filter(({ subject }) => subject.includes(text)).length;
/** A child's record as it stands in somebody's list, without its day of majority. */
async function listed(as: InsuredRow, name: string) {
  const { text } = await ask('/identity/profiles', as, { child: '' });
  const profiles: Record<string, unknown>[] = JSON.parse(text).profiles;
  const found = profiles.find((one) => one.name === name || one.holder === name);
  return found && { holder: found.holder, status: found.status, can: found.can };
}
const later = async (days: number) =>
  world.move(new Date(Date.parse(await world.now()) + days * 86_400_000).toISOString());

async function own(one: InsuredRow): Promise<void> {
  const mails = await world.mails({ to: one.email });
  const about = mails.find(({ subject }) => subject.includes('votre espace va être ouvert'));
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(about?.text ?? '')?.[0] ?? '';
  expect((await activate(one, { code, token: await token(one) })).status).toBe(200);
}
async function childs(parent: InsuredRow, child: InsuredRow, name: string): Promise<string> {
  const [code = ''] = await codesFor(parent, name);
  const { text, status } = await activateFor(parent, child, { code, token: await token(parent) });
  expect(status, text).toBe(200);
  return JSON.parse(text).holder;
}

beforeAll(async () => {
  await dropFamily([mother, father, stranger, noe, ana, lou]);
  await sendWave('wave-84', [dept]);
  for (const one of [mother, father, stranger]) await own(one);
  ofNoe = await childs(mother, noe, 'Noé');
  ofAna = await childs(stranger, ana, 'Ana');
  const { nir, birthName, birthDate } = father;
  const body = { nir, birthName, birthDate, firstName: 'Odette' };
  expect((await ask('/enrolment/guardians', mother, { body })).status).toBe(202);
  const found = await ask('/enrolment/guardian-invitations', father, { child: '' });
  const [{ invitation }] = JSON.parse(found.text).invitations;
  const yes = { accepts: true, certifies: true };
  const path = `/enrolment/guardian-invitations/${invitation}/answer`;
  expect((await ask(path, father, { child: '', body: yes })).status).toBe(200);
});

test('ENR-41: a child’s record that waits, or was objected to, stands in the list of whom he is attached to', async () => {
  const [code = ''] = await codesFor(mother, 'Lou');
  expect(await listed(mother, 'Lou')).toMatchObject({ status: 'invited', can: ['activate'] });
  expect((await opposeFor(mother, lou, { code })).status).toBe(201);
  const there = await listed(mother, 'Lou');
  expect(there).toMatchObject({ status: 'opposed', can: ['activate'] });
  for (const one of [father, stranger]) expect(await listed(one, 'Lou')).toBeUndefined();
  // To stand there lets nobody in.
  expect(
    (await ask('/journal/history', mother, { child: String(there?.holder) })).body,
  ).toMatchObject({ code: 'access/not-guardian' });
});

const add = async (as: InsuredRow, child: string) =>
  world.request({
    ...{ method: 'POST', path: '/fhir/DocumentReference', token: await token(as) },
    headers: { 'x-acting-for': child, 'content-type': 'application/fhir+json' },
    body: JSON.stringify(ownDeposit()),
  });

test('MIN-2: what one parent adds is told to the other one, and to nobody where there is no other', async () => {
  for (const [as, child] of [
    [mother, ofNoe],
    [stranger, ofAna],
  ] as const) {
    const added = await add(as, child);
    expect(added.status, added.text).toBe(201);
  }
  await world.idle();
  expect(await told(father, 'document a été ajouté')).toBe(1);
  for (const one of [mother, stranger]) expect(await told(one, 'document a été ajouté')).toBe(0);
});

describe('MIN-2: parents who disagree', () => {
  test('one asks, both are told at once, and the record stays as it is; nobody else may ask or answer', async () => {
    const asked = await losing('enrolment-own', 'wish-closure', () => close(mother));
    expect([asked.status, asked.body]).toMatchObject([202, { status: 'waiting', deletion: false }]);
    expect((await close(mother)).text).toBe(asked.text);
    expect((await close(father)).body).toMatchObject({ code: 'enrolment/closure-waits' });
    for (const refused of [
      await close(stranger),
      await answer(stranger, false, { wish: Object(asked.body).wish }),
    ])
      expect(refused.body).toMatchObject({ status: 403, code: 'access/not-guardian' });
    await world.idle();
    for (const one of [mother, father]) {
      expect(await told(one, 'demande de fermeture')).toBe(1);
      expect((await history(one)).status).toBe(200);
    }
    expect([(await wish(mother)).own, (await wish(father)).own]).toEqual([true, false]);
  });

  test('the other one stops it, once; who asked cannot agree with himself, but may take it back', async () => {
    expect((await answer(mother, true)).body).toMatchObject({ code: 'enrolment/own-closure-wish' });
    const { wish: first } = await wish(father);
    const stopped = await losing('enrolment-own', 'stop-closure', () =>
      answer(father, false, { ago: 3600 }),
    );
    expect([stopped.status, stopped.body]).toEqual([200, { state: 'stopped' }]);
    expect((await answer(father, false)).text).toBe(stopped.text);
    await world.idle();
    for (const one of [mother, father]) expect(await told(one, 'reste ouvert')).toBe(1);
    expect((await answer(father, true, { wish: first })).body).toMatchObject({
      code: 'enrolment/unknown-closure-wish',
    });
    expect((await close(mother, true)).status).toBe(202);
    expect((await answer(mother, false)).body).toEqual({ state: 'stopped' });
    await later(17);
    expect((await history(mother)).status).toBe(200);
  });

  test('where the other agrees it is closed at once, with a sign-in of minutes ago; any of them reopens it', async () => {
    expect((await close(father)).status).toBe(202);
    expect((await answer(mother, true, { ago: 3600 })).body).toMatchObject({
      code: 'enrolment/sign-in-again',
    });
    const agreed = await losing('enrolment-own', 'close', () => answer(mother, true));
    expect([agreed.status, agreed.body]).toEqual([200, { state: 'done' }]);
    expect((await history(father)).body).toMatchObject({ code: 'access/record-closed' });
    // Whoever comes back in another session finds it, and by it what he can do (ENR-41).
    const closed = { holder: ofNoe, status: 'closed', can: ['reopen', 'request-deletion'] };
    expect([await listed(mother, 'Noé'), await listed(father, 'Noé')]).toEqual([closed, closed]);
    expect(await listed(stranger, 'Noé')).toBeUndefined();
    expect((await reopen(stranger)).body).toMatchObject({ code: 'access/not-guardian' });
    const open = await losing('enrolment-own', 'reopen', () => reopen(father));
    expect(open.body).toMatchObject({ status: 'activated', holder: ofNoe });
    expect((await history(mother)).status).toBe(200);
  });

  test('where nobody answers the night after the term closes it, in the name of who asked', async () => {
    await close(mother, true);
    await later(15);
    expect((await history(mother)).status).toBe(200);
    await later(1);
    await world.idle();
    expect((await history(mother)).body).toMatchObject({ code: 'access/record-closed' });
    const lines = (await journalOf(dept)).get(ofNoe) ?? [];
    expect(
      lines.slice(-2).map(({ action, channel, actor }) => [action, channel, actor.kind]),
    ).toEqual([
      ['enrolment/close', 'clock', 'guardian'],
      ['enrolment/request-deletion', 'clock', 'guardian'],
    ]);
    expect((await reopen(mother)).status).toBe(200);
    const after = (await journalOf(dept)).get(ofNoe) ?? [];
    expect(verifyChain(after)).toMatchObject({ ok: true });
    expect(
      after.every(({ onBehalfOf, actor }) => actor.kind !== 'guardian' || onBehalfOf === ofNoe),
    ).toBe(true);
  });
});

test('MIN-2, ENR-20: whose record was merged into another of his is the same guardian, and has one voice', async () => {
  const definitive = someone(dept);
  expect(await dropFamily([definitive])).toMatchObject({ imported: 1, errors: 0 });
  const op = { op: 'merge', from: mother.nir, into: definitive.nir };
  expect(await dropUpdates([op])).toMatchObject({ updated: 1, errors: 0 });
  expect((await close(mother)).status).toBe(202);
  expect((await close(mother)).status).toBe(202);
  expect((await wish(mother)).own).toBe(true);
  expect((await answer(mother, true)).body).toMatchObject({ code: 'enrolment/own-closure-wish' });
  expect((await answer(father, false)).body).toEqual({ state: 'stopped' });
  expect((await history(mother)).status).toBe(200);
  // What she adds goes on being news to the other one only.
  expect((await add(mother, ofNoe)).status).toBe(201);
  await world.idle();
  expect(await told(father, 'document a été ajouté')).toBe(2);
  expect(await told(mother, 'document a été ajouté')).toBe(0);
});

describe('ENR-42, ENR-43: the only guardian', () => {
  test('closes and deletes as an adult does, at once; ENR-47 he is told, and reads the certificate', async () => {
    expect(
      (
        await ask('/enrolment/closure', stranger, {
          child: ofAna,
          ago: 3600,
          body: { confirm: true, deletion: true },
        })
      ).body,
    ).toMatchObject({ code: 'enrolment/sign-in-again' });
    const closed = await losing('enrolment-own', 'request-deletion', () =>
      close(stranger, true, ofAna),
    );
    expect([closed.status, closed.body]).toMatchObject([
      200,
      { status: 'deletion-requested', holder: ofAna },
    ]);
    expect((await close(stranger, true, ofAna)).text).toBe(closed.text);
    expect(await listed(stranger, 'Ana')).toEqual({
      ...{ holder: ofAna, status: 'deletion-requested', can: ['reopen'] },
    });
    await later(40);
    await world.idle();
    await later(1);
    await world.idle();
    expect(await told(stranger, 'votre espace est supprimé')).toBe(1);
    const last = await listed(stranger, ofAna);
    expect(last).toEqual({ holder: ofAna, status: 'deleted', can: ['read-certificate'] });
    const certificate = await ask('/enrolment/deletion-certificate', stranger, {
      child: String(last?.holder),
    });
    expect(certificate.status, certificate.text).toBe(200);
    expect(
      (await ask('/enrolment/deletion-certificate', mother, { child: ofAna })).body,
    ).toMatchObject({
      code: 'access/not-guardian',
    });
    // The next file that names the child brings it back, though it has no number of its own.
    expect(await dropFamily([stranger, ana])).toMatchObject({ updated: 1 });
    const tables = await wholeTable('ENROLMENT_TABLE');
    for (const canary of [noe.cardSerial, mother.nir, 'Noé', mother.email])
      expect(tables).not.toContain(canary);
  });
});

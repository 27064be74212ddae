import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { activate, addressOf, tokenOf } from './activating.ts';
import { activateFor, childOf, codesFor, dropFamily, losing } from './child.ts';
import { journalOf, sendWave, someone, world } from './town.ts';

const dept = '69';
const [father, mother] = [someone(dept), someone(dept, { givenNames: 'Salomé' })];
/** The father’s alone; that of both; that of both whose mother leaves; and one that is deleted. */
const rows = {
  alone: childOf(father, { givenNames: 'Ambre', birthDate: '2014-01-04' }),
  both: childOf(father, { givenNames: 'Basile', birthDate: '2015-02-05' }),
  left: childOf(father, { givenNames: 'Céleste', birthDate: '2016-03-06' }),
  gone: childOf(father, { givenNames: 'Dorian', birthDate: '2017-04-07' }),
};
type Name = keyof typeof rows;
const names = ['alone', 'both', 'left', 'gone'] as const;
const holders = new Map<Name, string>();

const token = (one: InsuredRow) => tokenOf(`stopping-${one.nir}`);
async function ask(as: InsuredRow, path: string, how: { child?: Name; body?: object } = {}) {
  const { child, body } = how;
  return world.request({
    ...{ method: body ? 'POST' : 'GET', path, token: await token(as) },
    headers: {
      ...(child ? { 'x-acting-for': holders.get(child) ?? '' } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body } : {}),
  });
}
const wantsDeletion = (as: InsuredRow, child?: Name) =>
  ask(as, '/enrolment/closure', {
    ...(child ? { child } : {}),
    body: { confirm: true, deletion: child !== undefined },
  });
const reopen = async (as: InsuredRow, child?: Name) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/reopening', token: await token(as) },
    ...(child ? { headers: { 'x-acting-for': holders.get(child) ?? '' } } : {}),
  });

/** `POST /enrolment/guardianship-orders` as an agent gives it. */
const order = async (child: Name, guardian: InsuredRow, change: object = {}) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/guardianship-orders' },
    token: await world.token('accueil'),
    body: {
      ...{ nir: father.nir, birthDate: rows[child].birthDate, channel: 'desk' },
      ...{ checks: ['court-order'], order: 'withdraw', guardianNir: guardian.nir, ...change },
    },
  });

const chainOf = async (child: Name) => (await journalOf(dept)).get(holders.get(child) ?? '') ?? [];
/** What was done of a child since something, with the moves that the lines tell. */
async function actsSince(child: Name, first: string): Promise<string[]> {
  const done = (await chainOf(child)).filter(({ outcome }) => outcome === 'done');
  const acts = done.map(({ action, object: { from, to } }) =>
    [action.replace('enrolment/', ''), ...(to ? [`${from} ${to}`] : [])].join(': '),
  );
  return acts.slice(acts.findLastIndex((act) => act.startsWith(first)));
}
/** How a child’s record stands, as its own list tells one of its guardians. */
async function listed(as: InsuredRow, child: Name) {
  const { text } = await ask(as, '/identity/profiles');
  const all: Record<string, unknown>[] = JSON.parse(text).profiles;
  return all.find(({ holder }) => holder === holders.get(child));
}
async function mailsTo(one: InsuredRow, subject: string): Promise<number> {
  await world.idle();
  const mails = await world.mails({ to: addressOf(one) });
  return mails.filter((mail) => mail.subject.includes(subject)).length;
}
async function later(days: number): Promise<void> {
  await world.move(new Date(Date.parse(await world.now()) + days * 86_400_000).toISOString());
  await world.idle();
}

/** The mother comes in by the father’s invitation. */
async function comesIn(child: Name): Promise<void> {
  const { nir, birthName, birthDate } = mother;
  const body = { nir, birthName, birthDate, firstName: 'Salomé' };
  expect((await ask(father, '/enrolment/guardians', { child, body })).status).toBe(202);
  const found = await ask(mother, '/enrolment/guardian-invitations');
  const [{ invitation }] = JSON.parse(found.text).invitations;
  const path = `/enrolment/guardian-invitations/${invitation}/answer`;
  const yes = { accepts: true, certifies: true };
  expect((await ask(mother, path, { body: yes })).status).toBe(200);
}
/** The father wants it deleted, and the mother agrees. */
async function bothWant(child: Name): Promise<void> {
  expect((await wantsDeletion(father, child)).status).toBe(202);
  const { wish } = Object((await ask(mother, '/enrolment/closure-wish', { child })).body);
  const path = `/enrolment/closure-wishes/${wish}/answer`;
  expect((await ask(mother, path, { child, body: { agrees: true } })).status).toBe(200);
}

beforeAll(async () => {
  expect(await dropFamily([father, mother, ...Object.values(rows)])).toMatchObject({ imported: 6 });
  await sendWave('wave-69', [dept]);
  for (const one of [father, mother]) {
    const mails = await world.mails({ to: one.email });
    const about = mails.find(({ subject }) => subject.includes('votre espace va être ouvert'));
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(about?.text ?? '')?.[0] ?? '';
    expect((await activate(one, { code, token: await token(one) })).status).toBe(200);
  }
  for (const name of names) {
    const [code = ''] = await codesFor(father, rows[name].givenNames);
    const opened = await activateFor(father, rows[name], { code, token: await token(father) });
    expect(opened.status, opened.text).toBe(200);
    holders.set(name, JSON.parse(opened.text).holder);
  }
  for (const child of ['both', 'left'] as const) await comesIn(child);
});

describe('MIN-2, ENR-44: a deletion that waits when the authority of a guardian is taken', () => {
  test('does not go on where nobody else may act, and restoring him does not bring it back', async () => {
    expect((await wantsDeletion(father, 'alone')).body).toMatchObject({
      status: 'deletion-requested',
    });
    const done = await losing('enrolment-api', 'stop-deletion', () => order('alone', father));
    expect(done.status, done.text).toBe(200);
    expect((await order('alone', father)).status).toBe(200);
    expect((await reopen(father, 'alone')).body).toMatchObject({ code: 'access/not-guardian' });
    expect(await mailsTo(father, 'vous n’avez plus accès à l’espace d’un enfant')).toBe(1);
    const undone = { order: 'restore', checks: ['entered-in-error'] };
    expect((await order('alone', father, undone)).status).toBe(200);
    expect((await reopen(father, 'alone')).body).toMatchObject({ code: 'access/not-guardian' });
    expect(await actsSince('alone', 'withdraw-guardian')).toEqual([
      'withdraw-guardian',
      'stop-deletion: deletion-requested closed',
      'restore-guardian',
    ]);
  });

  test('stands where the other guardian still acts: she is told, and takes it back; then it stands by hers', async () => {
    await bothWant('both');
    expect((await order('both', father)).status).toBe(200);
    expect(await listed(mother, 'both')).toMatchObject({
      ...{ status: 'deletion-requested', can: ['reopen'] },
    });
    expect(
      await mailsTo(mother, 'un représentant légal n’a plus accès à l’espace d’un enfant'),
    ).toBe(1);
    expect((await reopen(mother, 'both')).body).toMatchObject({ status: 'activated' });
    expect((await wantsDeletion(mother, 'both')).body).toMatchObject({
      status: 'deletion-requested',
    });
    expect((await order('both', mother)).status).toBe(200);
    expect(await actsSince('both', 'reopen')).toEqual([
      'reopen: deletion-requested activated',
      ...['close: activated closed', 'request-deletion: closed deletion-requested'],
      ...['withdraw-guardian', 'stop-deletion: deletion-requested closed'],
    ]);
  });

  test('does not go on where the other one has closed her own record; she finds it closed when she is back', async () => {
    await bothWant('left');
    expect((await wantsDeletion(mother)).body).toMatchObject({ status: 'closed' });
    expect((await order('left', father)).status).toBe(200);
    const stopped = 'l’espace d’un enfant ne sera pas supprimé';
    expect([await mailsTo(mother, stopped), await mailsTo(father, stopped)]).toEqual([1, 0]);
    expect((await reopen(mother)).body).toMatchObject({ status: 'activated' });
    expect(await listed(mother, 'left')).toMatchObject({
      ...{ status: 'closed', can: ['reopen', 'request-deletion'] },
    });
  });

  test('ENR-43 nobody is reminded and nothing erased at its day; of another child it is', async () => {
    expect((await wantsDeletion(father, 'gone')).status).toBe(200);
    await later(40);
    await later(1);
    const done = await actsSince('gone', 'request-deletion');
    expect(done.slice(1, 3)).toEqual([
      ...['remind-deletion', 'begin-deletion: deletion-requested deleting'],
    ]);
    for (const child of ['alone', 'both', 'left'] as const) {
      const chain = await chainOf(child);
      expect(verifyChain(chain)).toMatchObject({ ok: true });
      const acts = chain.map(({ action }) => action.replace('enrolment/', ''));
      expect(acts).not.toContain('remind-deletion');
      expect(acts).not.toContain('begin-deletion');
    }
    expect((await reopen(mother, 'left')).body).toMatchObject({ status: 'activated' });
  });
});

test('MIN-2, ENR-44: a closed record whom nobody is left to reopen is opened by a code for whom it is attached to', async () => {
  const { nir } = father;
  const { birthDate, cardSerial } = rows.alone;
  const asked = { nir, cardSerial, birthDate, child: {} };
  const before = (await codesFor(father, rows.alone.givenNames)).length;
  const sent = await world.request({ method: 'POST', path: '/enrolment/codes', body: asked });
  expect(sent.status, sent.text).toBe(202);
  await world.idle();
  const codes = await codesFor(father, rows.alone.givenNames);
  expect(codes).toHaveLength(before + 1);
  const code = codes.at(-1) ?? '';
  const opened = await activateFor(father, rows.alone, { code, token: await token(father) });
  expect(opened.status, opened.text).toBe(200);
  expect(JSON.parse(opened.text)).toMatchObject({ holder: holders.get('alone') });
  expect(await listed(father, 'alone')).toMatchObject({ status: 'activated' });
  expect((await actsSince('alone', 'activate')).at(0)).toBe('activate: closed activated');
});

test('MIN-2, ENR-47: whose authority is taken after the deletion reads its certificate no more', async () => {
  const certificate = () => ask(father, '/enrolment/deletion-certificate', { child: 'gone' });
  expect((await certificate()).status).toBe(200);
  expect((await order('gone', father)).status).toBe(200);
  expect((await certificate()).body).toMatchObject({ code: 'access/not-guardian' });
  expect(await listed(father, 'gone')).toBeUndefined();
  const undone = { order: 'restore', checks: ['entered-in-error'] };
  expect((await order('gone', father, undone)).status).toBe(200);
  expect((await certificate()).status).toBe(200);
});

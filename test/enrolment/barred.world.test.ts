import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { activate, addressOf, tokenOf } from './activating.ts';
import { activateFor, childOf, codesFor, dropFamily, losing } from './child.ts';
import { journalOf, sendWave, someone, world } from './town.ts';

const dept = '68';
const [father, mother] = [someone(dept), someone(dept, { givenNames: 'Nadia' })];
const waiting = childOf(father, { givenNames: 'Ysée', birthDate: '2014-03-01' });
const told = childOf(father, {
  ...{ givenNames: 'Blaise', birthDate: '2015-04-02', nir: someone(dept).nir },
});
const shared = childOf(father, { givenNames: 'Colin', birthDate: '2016-05-03' });
const tokens = new Map<string, string>();
let ofShared = '';
let fathersCode = '';

const checks = ['court-order'];
/** `POST /enrolment/guardianship-orders` as an agent gives it. */
async function order(child: InsuredRow, body: object) {
  return world.request({
    ...{ method: 'POST', path: '/enrolment/guardianship-orders' },
    token: await world.token('accueil'),
    body: {
      ...{ nir: father.nir, birthDate: child.birthDate, channel: 'desk', checks },
      ...{ guardianNir: father.nir, ...body },
    },
  });
}

async function signedIn(one: InsuredRow): Promise<string> {
  const token = await tokenOf(`barred-${one.nir}`);
  tokens.set(one.nir, token);
  return token;
}

function ask(as: InsuredRow, path: string, body?: object) {
  return world.request({
    ...{ method: body ? 'POST' : 'GET', path, token: tokens.get(as.nir) ?? '' },
    headers: { 'x-acting-for': ofShared, 'content-type': 'application/json' },
    ...(body ? { body } : {}),
  });
}

/** Invites the other parent into the shared child’s record. */
const invite = (as: InsuredRow, other: InsuredRow) =>
  ask(as, '/enrolment/guardians', {
    ...{ nir: other.nir, birthName: other.birthName, birthDate: other.birthDate },
    firstName: other.givenNames.split(',')[0],
  });

const Invitations = z.object({ invitations: z.array(z.looseObject({ invitation: z.string() })) });
async function invitations(as: InsuredRow): Promise<string[]> {
  const path = '/enrolment/guardian-invitations';
  const { body } = await world.request({ path, token: tokens.get(as.nir) ?? '' });
  return Invitations.parse(body).invitations.map(({ invitation }) => invitation);
}

const answer = (as: InsuredRow, invitation: string) =>
  world.request({
    ...{ method: 'POST', path: `/enrolment/guardian-invitations/${invitation}/answer` },
    ...{ token: tokens.get(as.nir) ?? '', body: { accepts: true, certifies: true } },
  });

/** What was mailed to somebody’s confirmed address with such a subject. */
async function mailsTo(one: InsuredRow, subject: string): Promise<number> {
  await world.idle();
  const mails = await world.mails({ to: addressOf(one) });
  return mails.filter((mail) => mail.subject.includes(subject)).length;
}

/** `POST /enrolment/codes` for a child of the father’s. */
const wish = (child: InsuredRow) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/codes' },
    body: {
      ...{ nir: father.nir, cardSerial: child.cardSerial, birthDate: child.birthDate, child: {} },
    },
  });

beforeAll(async () => {
  const dropped = await dropFamily([father, mother, waiting, told, shared]);
  expect(dropped).toMatchObject({ imported: 5, errors: 0 });
  expect((await order(waiting, { order: 'withdraw' })).status).toBe(200);
  await sendWave('wave-68', [dept]);
  for (const one of [father, mother]) {
    const mails = await world.mails({ to: one.email });
    const about = mails.find(({ subject }) => subject.includes('votre espace va être ouvert'));
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(about?.text ?? '')?.[0] ?? '';
    const { status, text } = await activate(one, { code, token: await signedIn(one) });
    expect(status, text).toBe(200);
  }
  [fathersCode = ''] = await codesFor(father, 'Blaise');
  const [code = ''] = await codesFor(father, 'Colin');
  const opened = await activateFor(father, shared, { code, token: tokens.get(father.nir) ?? '' });
  expect(opened.status, opened.text).toBe(200);
  ofShared = z.object({ holder: z.string() }).parse(JSON.parse(opened.text)).holder;
});

describe('MIN-2: whose authority over a child was taken', () => {
  test('is sent no invitation for a child of whom nobody was told yet', async () => {
    expect(await codesFor(father, 'Blaise')).toHaveLength(1);
    expect(await codesFor(father, 'Ysée')).toEqual([]);
  });

  test('has invited in vain: his invitation falls with him, and both are told', async () => {
    expect((await invite(father, mother)).status).toBe(202);
    const [invitation = ''] = await invitations(mother);
    expect(invitation).not.toBe('');
    const done = await losing('enrolment-api', 'withdraw-guardian', () =>
      order(shared, { order: 'withdraw' }),
    );
    expect(done.status, done.text).toBe(200);
    expect(await invitations(mother)).toEqual([]);
    expect((await answer(mother, invitation)).body).toMatchObject({
      ...{ status: 404, code: 'enrolment/unknown-invitation' },
    });
    for (const one of [father, mother])
      expect((await ask(one, '/journal/history')).body).toMatchObject({
        code: 'access/not-guardian',
      });
    expect(await mailsTo(father, 'une invitation a été faite')).toBe(1);
    expect(await mailsTo(father, 'vous n’avez plus accès à l’espace d’un enfant')).toBe(1);
    expect(await mailsTo(mother, 'enfant')).toBe(0);
  });

  test('ENR-12, ENR-40 is heard for the child by nobody, and his code is void', async () => {
    expect((await order(told, { order: 'withdraw' })).status).toBe(200);
    const token = await world.token('conseiller');
    const { nir } = father;
    const phoned = { ...{ channel: 'phone', checks: ['name', 'birth-date', 'address'] }, nir };
    const asked = { ...phoned, birthDate: told.birthDate };
    const objection = await world.request({
      ...{ method: 'POST', path: '/enrolment/agent-oppositions', token },
      body: { ...asked, madeOn: (await world.now()).slice(0, 10) },
    });
    expect(objection.body).toMatchObject({ status: 403, code: 'enrolment/not-guardian' });
    const letter = { method: 'POST', path: '/enrolment/agent-codes', token, body: asked };
    expect((await world.request(letter)).body).toMatchObject({ code: 'enrolment/not-guardian' });
    expect((await wish(told)).status).toBe(202);
    await world.idle();
    expect(await codesFor(father, 'Blaise')).toHaveLength(1);
    const used = await activateFor(father, told, {
      ...{ code: fathersCode, token: tokens.get(father.nir) ?? '' },
    });
    expect([used.status, used.body]).toMatchObject([403, { code: 'enrolment/not-recognised' }]);
  });

  test('has it undone by an agent, once; he comes in by a code, and may invite', async () => {
    const back = { order: 'restore', checks: ['entered-in-error'] };
    const other = await order(shared, { ...back, guardianNir: mother.nir });
    expect(other.body).toMatchObject({ status: 409, code: 'enrolment/not-withdrawn' });
    const unseen = await order(shared, { ...back, checks: ['identity-paper'] });
    expect(unseen.body).toMatchObject({ code: 'enrolment/checks-missing' });
    const done = await losing('enrolment-api', 'restore-guardian', () => order(shared, back));
    expect(done.status, done.text).toBe(200);
    expect((await order(shared, back)).status).toBe(200);
    expect(await mailsTo(father, 'vous pouvez de nouveau agir pour un enfant')).toBe(1);
    expect((await ask(father, '/journal/history')).status).toBe(403);
    const before = await codesFor(father, 'Colin');
    expect((await wish(shared)).status).toBe(202);
    await world.idle();
    const code = (await codesFor(father, 'Colin'))[before.length] ?? '';
    const token = tokens.get(father.nir) ?? '';
    const joined = await activateFor(father, shared, { code, token });
    expect(joined.status, joined.text).toBe(200);
    expect((await ask(father, '/journal/history')).status).toBe(200);
    expect((await invite(father, mother)).status).toBe(202);
    const [invitation = ''] = await invitations(mother);
    expect((await answer(mother, invitation)).status).toBe(200);
    // Both are told each time that somebody came in.
    const added = 'un représentant légal de plus a accès';
    expect([await mailsTo(father, added), await mailsTo(mother, added)]).toEqual([2, 1]);
    expect((await order(shared, { order: 'withdraw' })).status).toBe(200);
    const left = 'un représentant légal n’a plus accès à l’espace d’un enfant';
    expect([await mailsTo(mother, left), await mailsTo(father, left)]).toEqual([1, 0]);
    const chain = (await journalOf(dept)).get(ofShared) ?? [];
    const acts = chain.filter(({ outcome }) => outcome === 'done').map(({ action }) => action);
    expect(acts.filter((act) => act === 'enrolment/withdraw-guardian')).toHaveLength(2);
    expect(acts.filter((act) => act === 'enrolment/restore-guardian')).toHaveLength(1);
    expect(verifyChain(chain)).toMatchObject({ ok: true });
  });

  test('ENR-2 nothing opens by his silence, until the insurance body attaches the child to another parent', async () => {
    await world.move(new Date(Date.parse(await world.now()) + 50 * 86_400_000).toISOString());
    await world.idle();
    const chains = [...(await journalOf(dept)).values()].map((lines) =>
      lines.map(({ action }) => action),
    );
    const theirs = chains.filter((acts) => acts.includes('enrolment/withdraw-guardian'));
    expect(theirs).toHaveLength(3);
    for (const acts of theirs) expect(acts).not.toContain('enrolment/open');
    const moved = { ...told, child: { guardianNir: mother.nir, rank: '' } };
    expect(await dropFamily([moved])).toMatchObject({ updated: 1 });
    const token = await world.token('conseiller');
    const letter = await world.request({
      ...{ method: 'POST', path: '/enrolment/agent-codes', token },
      body: {
        ...{ nir: mother.nir, birthDate: told.birthDate, channel: 'phone' },
        checks: ['name', 'birth-date', 'address'],
      },
    });
    expect(letter.status, letter.text).toBe(202);
  });
});

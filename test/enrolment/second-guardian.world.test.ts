import { beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '#shared/journal/verify.ts';
import { activate, tokenOf } from '#test/enrolment/activating.ts';
import { activateFor, childOf, codesFor, dropFamily, losing } from '#test/enrolment/child.ts';
import { journalOf, sendWave, someone, world } from '#test/enrolment/town.ts';

const dept = '70';
const [first, second, third] = [
  someone(dept),
  someone(dept, { givenNames: 'Anne-Zoé' }),
  someone(dept),
];
const child = childOf(first, { givenNames: 'Noé' });
const tokens = new Map<string, string>();
const tokenFor = (one: typeof first) => tokens.get(one.nir) ?? '';
let ofChild = '';

function ask(
  path: string,
  as: typeof first,
  { actingFor = '', body }: { actingFor?: string; body?: object } = {},
) {
  return world.request({
    ...{ method: body ? 'POST' : 'GET', path, token: tokenFor(as) },
    headers: {
      ...(actingFor ? { 'x-acting-for': actingFor } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body } : {}),
  });
}

const named = (one: typeof first, change: object = {}) => ({
  ...{ nir: one.nir, birthName: one.birthName, birthDate: one.birthDate },
  firstName: one.givenNames.split(',')[0],
  ...change,
});
const invite = (body: object) => ask('/enrolment/guardians', first, { actingFor: ofChild, body });
const takeBack = (as = first) =>
  ask('/enrolment/guardians/withdrawal', as, { actingFor: ofChild, body: { confirm: true } });
const history = (as: typeof first) => ask('/journal/history', as, { actingFor: ofChild });
const invitations = async (as: typeof first) => {
  const { body } = await ask('/enrolment/guardian-invitations', as);
  return JSON.parse(JSON.stringify(body)).invitations;
};
const answer = (as: typeof first, invitation: string, body: object) =>
  ask(`/enrolment/guardian-invitations/${invitation}/answer`, as, { body });
const days = (count: number) => count * 86_400_000;
const standing = async () =>
  (await ask('/enrolment/guardians', first, { actingFor: ofChild })).body;

beforeAll(async () => {
  await dropFamily([first, second, third, child]);
  await sendWave('wave-70', [dept]);
  for (const one of [first, second, third]) {
    const token = await tokenOf(`second-${one.nir}`);
    tokens.set(one.nir, token);
    const mails = await world.mails({ to: one.email });
    const about = mails.find(({ subject }) => subject.includes('votre espace va être ouvert'));
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(about?.text ?? '')?.[0] ?? '';
    expect((await activate(one, { code, token })).status).toBe(200);
  }
  const [code = ''] = await codesFor(first, 'Noé');
  const { text, status } = await activateFor(first, child, { code, token: tokenFor(first) });
  expect(status, text).toBe(200);
  ofChild = JSON.parse(text).holder;
});

describe('MIN-2: a second guardian', () => {
  test('is invited with one answer whoever is named, and only once at a time', async () => {
    const unknown = await losing('enrolment-own', 'invite-guardian', () =>
      invite(named(someone(dept))),
    );
    expect([unknown.status, unknown.body]).toMatchObject([202, { status: 'WAITING' }]);
    expect((await invite(named(second))).body).toMatchObject({
      ...{ status: 409, code: 'enrolment/invitation-waits' },
    });
    expect(await invitations(second)).toEqual([]);
    const own = await ask('/enrolment/guardians', first, { body: named(second) });
    expect(own.body).toMatchObject({ code: 'enrolment/for-child-only' });
    const stranger = await ask('/enrolment/guardians', third, {
      ...{ actingFor: ofChild, body: named(third) },
    });
    expect(stranger.body).toMatchObject({ code: 'access/not-guardian' });
  });

  test('who was named wrongly is taken back, and the right one invited at once; nobody can answer the former', async () => {
    expect((await takeBack(third)).body).toMatchObject({ code: 'access/not-guardian' });
    const done = await losing('enrolment-own', 'withdraw-invitation', () => takeBack());
    expect([done.status, done.body]).toEqual([200, { status: 'WITHDRAWN' }]);
    expect((await takeBack()).text).toBe(done.text);
    expect(await standing()).toMatchObject({ guardians: 1, second: { status: 'WITHDRAWN' } });
    expect((await invite(named(third))).status).toBe(202);
    const [found] = await invitations(third);
    expect((await takeBack()).status).toBe(200);
    expect(await invitations(third)).toEqual([]);
    const yes = { accepts: true, certifies: true };
    expect((await answer(third, found.invitation, yes)).body).toMatchObject({
      code: 'enrolment/unknown-invitation',
    });
    expect((await history(third)).body).toMatchObject({ code: 'access/not-guardian' });
    expect((await invite(named(first))).body).toMatchObject({
      ...{ status: 409, code: 'enrolment/own-invitation' },
    });
    const none = await ask('/enrolment/guardians/withdrawal', first, { body: { confirm: true } });
    expect(none.body).toMatchObject({ code: 'enrolment/for-child-only' });
    expect((await invite(named(someone(dept)))).status).toBe(202);
  });

  test('has no access before he accepts, and has it at the next request after', async () => {
    await world.move(new Date(Date.parse(await world.now()) + days(31)).toISOString());
    for (const one of [first, second, third])
      tokens.set(one.nir, await tokenOf(`second-${one.nir}`));
    expect(await standing()).toMatchObject({ guardians: 1, second: { status: 'EXPIRED' } });
    expect((await invite(named(second, { firstName: 'anne zoe' }))).status).toBe(202);
    const [found] = await invitations(second);
    expect(found).toMatchObject({ child: 'Noé' });
    expect(await invitations(third)).toEqual([]);
    expect((await history(second)).body).toMatchObject({ code: 'access/not-guardian' });
    const yes = { accepts: true, certifies: true };
    const others = await answer(third, found.invitation, yes);
    expect(others.body).toMatchObject({ status: 404, code: 'enrolment/unknown-invitation' });
    await world.plant({
      ...{ caller: 'enrolment-own', action: 'dynamodb:TransactWriteItems' },
      ...{ kind: 'lost-ack', nth: 1 },
    });
    const done = await answer(second, found.invitation, yes);
    await world.clearFaults();
    expect([done.status, done.body]).toEqual([200, { status: 'VALIDATED' }]);
    expect((await answer(second, found.invitation, yes)).text).toBe(done.text);
    expect((await history(second)).status).toBe(200);
    expect((await history(first)).status).toBe(200);
    expect(await standing()).toMatchObject({ guardians: 2, second: { status: 'VALIDATED' } });
    expect((await takeBack()).body).toMatchObject({ code: 'enrolment/unknown-invitation' });
    expect((await invite(named(third))).body).toMatchObject({ code: 'enrolment/two-guardians' });
    const lines = (await journalOf(dept)).get(ofChild) ?? [];
    const joined = lines.filter(({ action }) => action === 'enrolment/join-guardian');
    expect(joined).toHaveLength(1);
    expect(joined[0]).toMatchObject({ actor: { kind: 'guardian' }, onBehalfOf: ofChild });
    expect(verifyChain(lines)).toMatchObject({ ok: true });
  });

  test('may refuse, or not be a legal representative: he has no access, and another may be invited', async () => {
    const order = { order: 'withdraw', channel: 'desk', checks: ['court-order'] };
    const token = await world.token('accueil');
    const withdrawn = await losing('enrolment-api', 'withdraw-guardian', () =>
      world.request({
        ...{ method: 'POST', path: '/enrolment/guardianship-orders', token },
        body: {
          ...{ ...order, nir: first.nir, birthDate: child.birthDate, guardianNir: second.nir },
        },
      }),
    );
    expect(withdrawn.status, withdrawn.text).toBe(200);
    expect((await history(second)).body).toMatchObject({ code: 'access/not-guardian' });
    // Whose authority was taken is named in vain.
    expect((await invite(named(second))).status).toBe(202);
    expect(await invitations(second)).toEqual([]);
    await world.move(new Date(Date.parse(await world.now()) + days(31)).toISOString());
    for (const one of [first, second, third])
      tokens.set(one.nir, await tokenOf(`second-${one.nir}`));
    expect((await invite(named(third))).status).toBe(202);
    const [found] = await invitations(third);
    const no = await losing('enrolment-own', 'refuse-guardianship', () =>
      answer(third, found.invitation, { accepts: true, certifies: false }),
    );
    expect([no.status, no.body]).toEqual([200, { status: 'REFUSED' }]);
    expect((await history(third)).body).toMatchObject({ code: 'access/not-guardian' });
    expect(await standing()).toMatchObject({ guardians: 1, second: { status: 'REFUSED' } });
  });
});

import './races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { Letters } from '#functions/notices/schema.ts';
import { addDays, parisDay } from '#shared/kernel/calendar.ts';
import { deposit } from '#test/documents/deposits.ts';
import { deposits, Found } from '#test/documents/talk.ts';
import { activate, addressOf, me, tokenOf } from './activating.ts';
import { plant } from './races/plant.ts';
import { standing } from './races/standing.ts';
import { codeOf, parisTime, signIn, someone, world } from './town.ts';

const department = '57';

interface Holder {
  readonly row: InsuredRow;
  readonly holder: string;
  readonly subject: string;
  readonly token: string;
}
let holders: Holder[] = [];
const who = (at: number): Holder => {
  const found = holders[at];
  if (!found) throw new Error('nobody');
  return found;
};

const orders = async (path: string, body: object, by = 'superviseur') =>
  world.request({ method: 'POST', path, body, token: await signIn(by) });
const named = ({ row: { nir, birthDate } }: Holder) => ({ nir, birthDate });
const suspend = (one: Holder, by?: string) =>
  orders('/enrolment/suspensions', { ...named(one), motive: 'fraudulent-use' }, by);
const decide = (one: Holder, decision: 'resume' | 'close') =>
  orders('/enrolment/suspension-decisions', { ...named(one), decision });
const post = (path: string, token: string, body?: object) =>
  world.request({ method: 'POST', path, token, ...(body ? { body } : {}) });
const contest = (token: string) =>
  post('/enrolment/suspension-objection', token, { confirm: true });
const subjects = async (to: string) => (await world.mails({ to })).map(({ subject }) => subject);

beforeAll(async () => {
  const sentAt = Date.parse(await world.now()) - 10 * 86_400_000;
  const people = await plant(5, { department, sentAt });
  const made = people.map(async ({ code, holder, ...planted }, at) => {
    const row = { ...someone(department), ...planted };
    const subject = `test-57-${at}`;
    const token = await tokenOf(subject);
    const answer = await activate(row, { code, token });
    if (answer.status !== 200) throw new Error(answer.text);
    return { row, holder, subject, token };
  });
  holders = await Promise.all(made);
}, 240_000);

describe('ENR-45: a suspension', () => {
  test('is a supervisor’s, and shuts everybody out from the next request on', async () => {
    const { row, token } = who(0);
    expect((await deposits('laboratoire', deposit(row.nir))).status).toBe(201);
    for (const other of ['campagne', 'conseiller', 'etat-civil'])
      expect((await suspend(who(0), other)).body).toMatchObject({
        code: 'enrolment/role-required',
      });
    const done = await suspend(who(0));
    expect([done.status, done.body]).toMatchObject([
      200,
      { status: 'suspended', motive: 'fraudulent-use', closeFrom: expect.any(String) },
    ]);
    expect((await suspend(who(0))).body).toEqual(done.body);
    expect((await me(token)).body).toMatchObject({ record: { status: 'suspended' } });
    for (const path of ['/fhir/DocumentReference', '/journal/history', '/notices']) {
      const answer = await world.request({ path, token });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.text).toContain('access/record-closed');
    }
    expect((await deposits('laboratoire', deposit(row.nir))).status).toBe(403);
    const closure = { confirm: true, deletion: true };
    expect((await post('/enrolment/closure', token, closure)).body).toMatchObject({
      code: 'enrolment/nothing-to-close',
    });
    await world.idle();
    for (const address of [addressOf(row), row.email])
      expect((await subjects(address)).at(-1)).toBe('Mon espace santé : votre espace est suspendu');
    const day = addDays(parisDay(Date.parse(await world.now())), 7);
    // The day's list has letters of others, too.
    const letters: unknown[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const path: string = `/notices/letters?day=${day}&limit=50${next && `&cursor=${next}`}`;
      const { body } = await world.request({ path, token: await signIn('campagne') });
      const page = Letters.parse(body);
      letters.push(...page.letters.filter(({ holder }) => holder === who(0).holder));
      next = page.next;
    }
    expect(letters).toMatchObject([{ codes: ['SUSPENSION'], reasons: ['always'] }]);
  });

  test('resumed, is as it was, and told', async () => {
    const { row, token } = who(0);
    const done = await decide(who(0), 'resume');
    expect(done.body).toEqual({ status: 'activated', decidedAt: expect.any(String) });
    expect((await decide(who(0), 'resume')).body).toEqual(done.body);
    expect((await decide(who(0), 'close')).body).toMatchObject({ code: 'enrolment/not-suspended' });
    const path = '/fhir/DocumentReference';
    expect(Found.parse((await world.request({ path, token })).body).entry).toHaveLength(1);
    await world.idle();
    expect((await subjects(addressOf(row))).at(-1)).toBe(
      'Mon espace santé : votre espace est rétabli',
    );
    const { told } = await standing(who(0).holder);
    expect(told.filter((one) => ['suspend', 'resume'].includes(one))).toEqual([
      'suspend',
      'resume',
    ]);
  });

  test('whose acknowledgement is lost at any write has one effect', async () => {
    const one = who(4);
    const lost = async (caller: string, act: string, doing: () => ReturnType<typeof suspend>) => {
      await world.plant({
        ...{ caller, action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
        if: { contains: `"enrolment/${act}"` },
      });
      const answer = await doing();
      const fired = (await world.faults()).map((fault) => fault.fired);
      await world.clearFaults();
      expect([act, answer.status, fired]).toEqual([act, 200, [1]]);
    };
    await lost('enrolment-api', 'suspend', () => suspend(one));
    await lost('enrolment-own', 'object-to-suspension', () => contest(one.token));
    await lost('enrolment-api', 'resume', () => decide(one, 'resume'));
    await lost('enrolment-api', 'suspend', () => suspend(one));
    await lost('enrolment-api', 'close-suspended', () => decide(one, 'close'));
    const { told } = await standing(one.holder);
    expect(told.slice(-5)).toEqual([
      ...['suspend', 'object-to-suspension', 'resume', 'suspend', 'close-suspended'],
    ]);
  });

  test('is objected to once, with a sign-in of minutes ago, and only what is suspended', async () => {
    const late = await tokenOf(who(1).subject, { signedInSecondsAgo: 310 });
    expect((await contest(late)).body).toMatchObject({ code: 'enrolment/sign-in-again' });
    expect((await contest(who(1).token)).body).toMatchObject({ code: 'enrolment/not-suspended' });
    for (const at of [1, 2, 3]) expect((await suspend(who(at))).status).toBe(200);
    const answers = await Promise.all([1, 2].map(() => contest(who(1).token)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ objectedAt: expect.any(String) });
    const { told } = await standing(who(1).holder);
    expect(told.filter((one) => one === 'object-to-suspension')).toHaveLength(1);
    expect((await post('/enrolment/suspension-objection', who(2).token, {})).status).toBe(400);
  });

  test('is closed when its 42nd day in Paris is over, unless he objected', async () => {
    const { status } = await standing(who(2).holder);
    if (status.status !== 'suspended') throw new Error('not suspended');
    const lastDay = new Date(Date.parse(status.closeFrom) - 12 * 3_600_000)
      .toISOString()
      .slice(0, 10);
    await world.move(parisTime(lastDay, 23, 50));
    await world.idle();
    expect((await standing(who(2).holder)).status.status).toBe('suspended');
    // The day after, before the clock has closed it: too late, and said so.
    await world.move(parisTime(addDays(lastDay, 1), 0, 5));
    const late = await contest(await tokenOf(who(2).subject));
    expect(late.body).toMatchObject({ status: 409, code: 'enrolment/suspension-term-over' });
    expect((await standing(who(2).holder)).status.status).toBe('suspended');
    await world.plant({
      ...{ caller: 'enrolment-deletion', action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
      if: { contains: '"enrolment/close-suspended"' },
    });
    await world.move('+8h');
    await world.idle();
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    await world.clearFaults();
    const { told } = await standing(who(2).holder);
    expect(told.filter((one) => one === 'close-suspended')).toHaveLength(1);
    expect((await standing(who(2).holder)).told.at(-1)).toBe('close-suspended');
    expect((await subjects(addressOf(who(2).row))).at(-1)).toBe(
      'Mon espace santé : votre espace suspendu est maintenant fermé',
    );
    expect((await standing(who(1).holder)).status.status).toBe('suspended');
    const closed = await decide(who(1), 'close');
    expect(closed.body).toEqual({ status: 'closed', decidedAt: expect.any(String) });
    expect((await decide(who(1), 'close')).body).toEqual(closed.body);
  });

  test('ENR-44: once closed, its account reopens and deletes nothing by itself; a new code brings it back', async () => {
    const { row, subject, holder } = who(2);
    const token = await tokenOf(subject);
    expect((await post('/enrolment/reopening', token)).body).toMatchObject({
      code: 'enrolment/nothing-to-reopen',
    });
    const closure = { confirm: true, deletion: true };
    expect((await post('/enrolment/closure', token, closure)).body).toMatchObject({
      code: 'enrolment/nothing-to-close',
    });
    const { nir, cardSerial, birthDate } = row;
    await world.request({
      ...{ method: 'POST', path: '/enrolment/codes' },
      body: { nir, cardSerial, birthDate },
    });
    await world.idle();
    const done = await activate(row, { code: await codeOf(row), token });
    expect(done.body).toMatchObject({ status: 'activated', holder });
    expect((await standing(holder)).status).not.toHaveProperty('closedAfter');
  });
});

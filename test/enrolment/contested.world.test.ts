import './races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { duePage } from '#functions/enrolment/due-store.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import {
  type ContestedSuspension,
  ContestedSuspensions,
} from '#functions/enrolment/schema-stops.ts';
import { Letters } from '#functions/notices/schema.ts';
import { addDays, parisDay } from '#shared/kernel/calendar.ts';
import { activate, addressOf, me, tokenOf } from './activating.ts';
import { plant } from './races/plant.ts';
import { standing } from './races/standing.ts';
import { dropUpdates, signIn, someone, world } from './town.ts';

const department = '23';

interface Holder {
  readonly row: InsuredRow;
  readonly holder: string;
  readonly token: string;
}
let holders: Holder[] = [];
/** Somebody who is known only. */
let other: InsuredRow;
let otherHolder = '';
const who = (at: number): Holder => {
  const found = holders[at];
  if (!found) throw new Error('nobody');
  return found;
};

const orders = async (path: string, body: object, by = 'superviseur') =>
  world.request({ method: 'POST', path, body, token: await signIn(by) });
const named = ({ row: { nir, birthDate } }: Pick<Holder, 'row'>) => ({ nir, birthDate });
const decide = (body: object, by?: string) => orders('/enrolment/suspension-decisions', body, by);
/** Suspends, and gives the reference. */
async function suspend(one: Holder): Promise<string> {
  const answer = await orders('/enrolment/suspensions', {
    ...named(one),
    motive: 'stolen-account',
  });
  if (answer.status !== 200) throw new Error(answer.text);
  return (await suspensionOf(one.holder)).reference;
}
async function suspensionOf(holder: string) {
  const { status } = await standing(holder);
  if (status.status !== 'suspended') throw new Error(`is ${status.status}`);
  return { ...status.suspension, objectedAt: status.objectedAt };
}
const contest = async ({ token }: Holder) => {
  const path = '/enrolment/suspension-objection';
  const answer = await world.request({ method: 'POST', path, token, body: { confirm: true } });
  expect(answer.status).toBe(200);
};
const contested = async (one: Holder): Promise<string> => {
  const reference = await suspend(one);
  await contest(one);
  return reference;
};

const page = async (query: string, by = 'superviseur') =>
  world.request({ path: `/enrolment/suspensions${query}`, token: await signIn(by) });

/** The whole list, page by page; other tests have theirs in it. */
async function listed(limit = 50): Promise<ContestedSuspension[]> {
  const all: ContestedSuspension[] = [];
  for (let next: string | undefined = ''; next !== undefined; ) {
    const { body } = await page(`?limit=${limit}${next && `&cursor=${next}`}`);
    const read: z.infer<typeof ContestedSuspensions> = ContestedSuspensions.parse(body);
    expect(read.suspensions.length).toBeLessThanOrEqual(limit);
    all.push(...read.suspensions);
    next = read.next;
  }
  return all;
}
const ours = async (limit?: number) =>
  (await listed(limit)).filter((one) => one.department === department);
const references = async () => (await ours()).map(({ reference }) => reference);

/** Whether the index itself holds it: what is over is not only hidden. */
async function isIndexed(reference: string): Promise<boolean> {
  const type = z.object({ dueSk: z.string() });
  const { items } = await duePage('CONTESTED', { type, limit: 1000 });
  return items.some(({ dueSk }) => dueSk.split('#')[1] === reference);
}

beforeAll(async () => {
  const sentAt = Date.parse(await world.now()) - 10 * 86_400_000;
  const [known, ...people] = await plant(6, { department, sentAt });
  if (!known) throw new Error('nobody was planted');
  other = { ...someone(department), ...known };
  otherHolder = known.holder;
  holders = await Promise.all(
    people.map(async ({ code, holder, ...planted }, at) => {
      const row = { ...someone(department), ...planted };
      const token = await tokenOf(`test-23-${at}`);
      const answer = await activate(row, { code, token });
      if (answer.status !== 200) throw new Error(answer.text);
      return { row, holder, token };
    }),
  );
}, 240_000);

describe('ENR-45: suspensions that wait for a decision', () => {
  test('are read by supervisors, and by nobody else', async () => {
    for (const by of ['campagne', 'conseiller', 'accueil', 'imprimerie', 'etat-civil']) {
      const answer = await page('', by);
      expect([by, answer.status, answer.body]).toMatchObject([
        ...[by, 403, { code: 'enrolment/role-required' }],
      ]);
    }
    for (const by of ['docteur', 'laboratoire']) expect((await page('', by)).status).toBe(403);
    const path = '/enrolment/suspensions';
    expect((await world.request({ path, token: who(0).token })).status).toBe(403);
    expect((await world.request({ path })).status).toBe(401);
    expect((await page('')).status).toBe(200);
  });

  test('are those to which the holder objected, oldest objection first, page by page, and name nobody', async () => {
    const [first, second, silent] = [
      await suspend(who(0)),
      await suspend(who(1)),
      await suspend(who(2)),
    ];
    expect(await references()).toEqual([]);
    await contest(who(1));
    await contest(who(0));
    const all = await ours();
    expect(all.map(({ reference }) => reference)).toEqual([second, first]);
    expect(await ours(1)).toEqual(all);
    const { objectedAt } = await suspensionOf(who(1).holder);
    expect(all[0]).toEqual({
      ...{ reference: second, motive: 'stolen-account', department, objectedAt },
      suspendedAt: expect.stringMatching(/^\d{4}-/),
    });
    const { text } = await page('?limit=50');
    for (const { row, holder } of holders)
      for (const said of [row.nir, row.birthDate, row.birthName, holder])
        expect(text).not.toContain(said);
    expect(text).not.toContain(silent);
  });

  test('the holder is told that it was received, at every address and by letter', async () => {
    await world.idle();
    const { row, holder } = who(0);
    for (const to of [addressOf(row), row.email]) {
      const last = (await world.mails({ to })).at(-1);
      expect(last?.subject).toBe('Mon espace santé : votre contestation est bien reçue');
      expect(last?.text).toContain('ne sera pas fermé tant que');
    }
    const day = addDays(parisDay(Date.parse(await world.now())), 7);
    const letters: unknown[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const path: string = `/notices/letters?day=${day}&limit=50${next && `&cursor=${next}`}`;
      const { body } = await world.request({ path, token: await signIn('campagne') });
      const read = Letters.parse(body);
      letters.push(...read.letters.filter((one) => one.holder === holder));
      next = read.next;
    }
    expect(letters).toMatchObject([
      { codes: ['CONTESTATION_SUSPENSION', 'SUSPENSION'], reasons: ['always'] },
    ]);
  });

  test('are decided by their reference: resumed, once, by who may, whatever acknowledgement is lost', async () => {
    const [, reference = ''] = await references();
    const resume = { reference, decision: 'resume' };
    expect((await decide(resume, 'conseiller')).body).toMatchObject({
      code: 'enrolment/role-required',
    });
    await world.plant({
      ...{ caller: 'enrolment-api', action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
      if: { contains: '"enrolment/resume"' },
    });
    const done = await decide(resume);
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    await world.clearFaults();
    expect([done.status, done.body]).toEqual([
      200,
      { status: 'activated', decidedAt: expect.any(String) },
    ]);
    expect((await decide(resume)).body).toEqual(done.body);
    expect((await decide({ reference, decision: 'close' })).body).toMatchObject({
      code: 'enrolment/not-suspended',
    });
    expect((await me(who(0).token)).body).toMatchObject({ record: { status: 'activated' } });
    expect(await references()).not.toContain(reference);
    const { told, lines } = await standing(who(0).holder);
    expect(told.slice(-4)).toEqual([
      ...['suspend', 'object-to-suspension', 'resume', 'close-suspended refused not-suspended'],
    ]);
    expect(lines.at(-2)).toMatchObject({ actor: { role: 'supervisor', id: 'agent-0006' } });
    // Suspended anew, what was decided of the former suspension is not decided of this one.
    const anew = await suspend(who(0));
    expect((await decide(resume)).body).toEqual(done.body);
    expect((await decide({ reference, decision: 'close' })).status).toBe(409);
    expect((await suspensionOf(who(0).holder)).reference).toBe(anew);
    expect(await references()).not.toContain(anew);
  });

  test('are closed by their reference; one that is unknown, or to which nobody objected, names nothing', async () => {
    const [reference = ''] = await references();
    const done = await decide({ reference, decision: 'close' });
    expect(done.body).toEqual({ status: 'closed', decidedAt: expect.any(String) });
    expect((await decide({ reference, decision: 'close' })).body).toEqual(done.body);
    expect(await references()).toEqual([]);
    expect((await standing(who(1).holder)).told.at(-1)).toBe('close-suspended');
    const { reference: silent } = await suspensionOf(who(2).holder);
    for (const unknown of ['0'.repeat(26), silent])
      expect((await decide({ reference: unknown, decision: 'close' })).body).toMatchObject({
        ...{ status: 404, code: 'enrolment/unknown-suspension' },
      });
  });

  test('leave the list when they are decided of a person who is named', async () => {
    await contest(who(2));
    const { reference } = await suspensionOf(who(2).holder);
    expect(await references()).toEqual([reference]);
    const done = await decide({ ...named(who(2)), decision: 'resume' });
    expect(done.status).toBe(200);
    expect(await references()).toEqual([]);
    expect((await decide({ reference, decision: 'resume' })).body).toEqual(done.body);
  });

  test('ENR-46: are not those of the dead, until a death is taken back', async () => {
    const reference = await contested(who(3));
    const death = { diedOn: '2022-01-10', proof: 'death-certificate' };
    const dead = await orders('/enrolment/deaths', { ...named(who(3)), ...death }, 'etat-civil');
    expect(dead.status).toBe(200);
    expect(await references()).toEqual([]);
    expect(await isIndexed(reference)).toBe(false);
    expect((await decide({ reference, decision: 'close' })).body).toMatchObject({
      code: 'enrolment/deceased',
    });
    const back = { ...named(who(3)), confirm: true };
    expect((await orders('/enrolment/death-corrections', back, 'etat-civil')).status).toBe(200);
    expect(await references()).toEqual([reference]);
    expect(await isIndexed(reference)).toBe(true);
    expect((await decide({ reference, decision: 'close' })).status).toBe(200);
    expect(await isIndexed(reference)).toBe(false);
    expect(await references()).toEqual([]);
  });

  test('ENR-20: go with their record into one that takes it in, and back', async () => {
    const reference = await contested(who(4));
    const pair = { from: who(4).row.nir, into: other.nir };
    expect(await dropUpdates([{ op: 'merge', ...pair }])).toMatchObject({ updated: 1, errors: 0 });
    expect((await suspensionOf(otherHolder)).reference).toBe(reference);
    expect(await references()).toEqual([reference]);
    expect(await dropUpdates([{ op: 'split', ...pair }])).toMatchObject({ updated: 1, errors: 0 });
    expect(await references()).toEqual([reference]);
    expect(await dropUpdates([{ op: 'merge', ...pair }])).toMatchObject({ updated: 1, errors: 0 });
    expect((await decide({ reference, decision: 'resume' })).status).toBe(200);
    expect((await standing(otherHolder)).status.status).toBe('activated');
    expect(await references()).toEqual([]);
  });
});

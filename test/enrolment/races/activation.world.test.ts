import './in-process.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { begin } from '#functions/enrolment/begin-activation.ts';
import { confirm } from '#functions/enrolment/confirm-activation.ts';
import { object } from '#functions/enrolment/object.ts';
import { openShard } from '#functions/enrolment/open-shard.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { shardOf } from '#shared/kernel/ids.ts';
import { choices, conditions, otpsTo } from '../activating.ts';
import { world } from './in-process.ts';
import { interleave } from './interleave.ts';
import { type Planted, plant } from './plant.ts';
import { standing } from './standing.ts';

const runs = 90;
const department = '2B';
const day = 86_400_000;
const minute = 60_000;

const Draw = fc.record({
  /** Whether somebody objects with the same code, in time. */
  objects: fc.boolean(),
  choices: fc.array(fc.nat(99), { minLength: 60, maxLength: 60 }),
});
const seed = Date.now() % 1_000_000;
type Racer = 'activation' | 'sweep' | 'objection';
/** Orders that chance may leave out: who goes on whenever he can. */
const forced: readonly (readonly Racer[])[] = [
  ['activation'],
  ['sweep', 'activation'],
  ['objection'],
  ['sweep', 'objection'],
];
const draws = [
  ...forced.map((prefers) => ({ objects: true, choices: [], prefers })),
  ...fc.sample(Draw, { numRuns: runs, seed }).map((draw) => ({ ...draw, prefers: [] })),
];
const people: Planted[] = [];
const seen: string[] = [];

const subjectOf = ({ holder }: Planted) => `race-${holder}`;
const addressOf = ({ holder }: Planted) => `${holder}@exemple.invalid`;

function beginning(person: Planted, receivedAt: number, more: { subject?: string } = {}) {
  const { nir, cardSerial, code } = person;
  return begin({
    body: { nir, cardSerial, code, conditions, choices, email: addressOf(person) },
    subject: more.subject ?? subjectOf(person),
    ...{ receivedAt, now: receivedAt, sourceIp: '10.9.0.1' },
  });
}

async function confirming(person: Planted, receivedAt: number) {
  const { activation } = await beginning(person, Date.parse(person.deadlineAt));
  const otp = (await otpsTo(addressOf(person))).at(-1) ?? '';
  const subject = subjectOf(person);
  return () => confirm({ activation, otp, subject, receivedAt, now: receivedAt });
}

beforeAll(async () => {
  const sentAt = Date.parse('2023-06-05T09:00:00Z');
  // Deadlines of their own, which no other test sweeps.
  for (let part = 0; part < 3; part++)
    people.push(...(await plant(runs / 3 + 4, { department, sentAt: sentAt + part * day })));
}, 240_000);

afterAll(() => world.idle());

describe('ENR-41: an activation at the deadline', () => {
  const last = () => people.at(-1) ?? never();
  const never = (): never => {
    throw new Error('too few people');
  };

  test('begun in its last millisecond counts, even when the record was opened before it was confirmed', async () => {
    const person = last();
    const deadline = Date.parse(person.deadlineAt);
    const act = await confirming(person, deadline + 5 * minute);
    const shard = shardOf(person.holder, 128);
    await openShard({ deadlineAt: person.deadlineAt, shard, now: deadline + minute });
    expect(await act()).toMatchObject({ status: 'activated' });
    const { told } = await standing(person.holder);
    const since = told.slice(2).filter((one) => one !== 'remind-deadline');
    expect(since).toEqual(['begin-activation', 'open', 'activate']);
  });

  test('begun a millisecond later is refused: the code of the invitation has ended', async () => {
    const person = people.at(-2) ?? never();
    const late = beginning(person, Date.parse(person.deadlineAt) + 1);
    await expect(late).rejects.toMatchObject({ code: 'enrolment/code-expired' });
  });

  test('of two accounts with one code only one gets the record', async () => {
    const person = people.at(-3) ?? never();
    const at = Date.parse(person.deadlineAt) - day;
    const accounts = ['first', 'second'].map((name) => `${name}-${person.holder}`);
    const acts: (() => Promise<unknown>)[] = [];
    for (const subject of accounts) {
      const { activation } = await beginning(person, at, { subject });
      const otp = (await otpsTo(addressOf(person))).at(-1) ?? '';
      acts.push(() => confirm({ activation, otp, subject, receivedAt: at, now: at }));
    }
    const outcomes = await Promise.allSettled(acts.map((act) => act()));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'enrolment/code-used' },
    });
  });
});

async function race(person: Planted, { objects, choices: drawn, prefers }: (typeof draws)[number]) {
  const deadline = Date.parse(person.deadlineAt);
  const now = deadline + minute;
  const { deadlineAt, holder, nir, cardSerial, code } = person;
  const activation = await confirming(person, now);
  const objection = () =>
    object({
      body: { nir, cardSerial, code },
      ...{ receivedAt: deadline, now, sourceIp: '10.8.0.1', idempotencyKey: undefined },
    });
  const sweep = () => openShard({ deadlineAt, shard: shardOf(holder, 128), now });
  const left = [...drawn];
  const { outcomes } = await interleave(
    { activation, sweep, ...(objects ? { objection } : {}) },
    (ready) =>
      prefers.find((one) => ready.includes(one)) ??
      ready[(left.shift() ?? 0) % ready.length] ??
      'sweep',
  );
  return outcomes;
}

describe('an activation against the opening and against an objection with the same code', () => {
  test(`in ${draws.length} interleavings has exactly one outcome`, async () => {
    await inLanes(draws.entries(), 4, async ([at, draw]) => {
      const person = people[at];
      if (!person) throw new Error('too few people');
      const { activation, objection, sweep } = await race(person, draw);
      const { status, told, code } = await standing(person.holder);
      const how = `seed ${seed}, race ${at}: ${told.join(', ')}`;
      expect(sweep?.status, how).toBe('fulfilled');
      const wins = [activation, objection].filter((one) => one?.status === 'fulfilled');
      expect(wins, how).toHaveLength(1);
      expect(status.status, how).toBe(activation?.status === 'fulfilled' ? 'activated' : 'opposed');
      expect(code?.current?.usedAt, how).toBeDefined();
      const done = told.filter((one) => ['activate', 'oppose'].includes(one));
      expect(done, how).toHaveLength(1);
      // A reminder may stand among the others: the clock of the world has gone far by then.
      seen.push(told.filter((one) => /^(open|activate|oppose)$/.test(one)).join(', '));
    });
  }, 240_000);

  test('each order was seen', () => {
    const orders = ['activate', 'open, activate', 'oppose', 'open, oppose'];
    for (const order of orders)
      expect(
        seen.filter((one) => one === order).length,
        `${order} among ${[...new Set(seen)].join(' | ')}`,
      ).toBeGreaterThan(0);
  });
});

import './in-process.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { object } from '#functions/enrolment/object.ts';
import { openShard } from '#functions/enrolment/open-shard.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { shardOf } from '#shared/kernel/ids.ts';
import { Refusal } from '#shared/kernel/refusal.ts';
import { world } from './in-process.ts';
import { interleave } from './interleave.ts';
import { type Planted, plant } from './plant.ts';
import { standing } from './standing.ts';

const runs = 240;
const department = '2A';
const hour = 3_600_000;
const day = 24 * hour;

/** One race, drawn: when the objection arrives (ms after the deadline), how many sweeps, who goes when. */
const Draw = fc.record({
  arrival: fc.constantFrom(-hour, -1, 0, 1, 2 * hour),
  sweeps: fc.integer({ min: 1, max: 2 }),
  /** In a hundred choices, how often the objection goes first: its way is three times as long. */
  favour: fc.constantFrom(30, 60, 85, 97),
  choices: fc.array(fc.nat(99), { minLength: 30, maxLength: 30 }),
});
const seed = Date.now() % 1_000_000;
const draws = fc.sample(Draw, { numRuns: runs, seed });
type Drawn = (typeof draws)[number];

const seen: { inTime: boolean; order: string; trace: string }[] = [];
const pairs: Planted[][] = [];

beforeAll(async () => {
  // Two in one shard of a deadline of their own: who objects, and a neighbour who does not.
  await inLanes(draws.keys(), 8, async (pair) => {
    const sentAt = Date.parse('2023-01-02T09:00:00Z') + Math.floor(pair / 40) * day;
    pairs[pair] = await plant(2, { department, sentAt, shard: (3 * pair) % 128 });
  });
}, 240_000);

afterAll(() => world.idle());

async function race(pair: number, { arrival, sweeps, favour, choices }: Drawn) {
  const [person, neighbour] = pairs[pair] ?? [];
  if (!person || !neighbour) throw new Error('too few people');
  const { deadlineAt, holder, nir, cardSerial, code } = person;
  const deadline = Date.parse(deadlineAt);
  const receivedAt = deadline + arrival;
  const shard = shardOf(holder, 128);
  const objection = () =>
    object({
      body: { nir, cardSerial, code },
      receivedAt,
      // Handled after midnight, whenever it was received.
      now: Math.max(receivedAt, deadline) + 20_000,
      sourceIp: `10.${pair}.0.1`,
      idempotencyKey: undefined,
    });
  const sweep = () => openShard({ deadlineAt, shard, now: deadline + hour });
  const left = [...choices];
  const { trace, outcomes } = await interleave(
    { objection, sweep, ...(sweeps > 1 ? { 'second sweep': sweep } : {}) },
    (ready) => {
      const drawn = left.shift() ?? 0;
      if (ready.includes('objection') && drawn < favour) return 'objection';
      const others = ready.filter((actor) => actor !== 'objection');
      return others[drawn % others.length] ?? 'objection';
    },
  );
  await openShard({ deadlineAt, shard, now: deadline + 2 * hour });
  const [his, theirs] = await Promise.all([standing(holder), standing(neighbour.holder)]);
  return { trace, outcomes, his, theirs };
}

async function judge(pair: number, draw: Drawn): Promise<void> {
  const { trace, outcomes, his, theirs } = await race(pair, draw);
  const { objection, ...sweeps } = outcomes;
  const inTime = draw.arrival <= 0;
  // After import and invitation: the order in which objection and opening took effect.
  const order = his.told.slice(2).join(', ');
  seen.push({ inTime, order, trace: trace.join() });
  const how = `seed ${seed}, race ${pair}: ${trace.join(', ')}`;
  for (const sweep of Object.values(sweeps)) expect(sweep.status, how).toBe('fulfilled');
  expect(theirs.told.slice(2), how).toEqual(['open']);
  expect(his.status.status, how).toBe(inTime ? 'opposed' : 'open');
  expect(his.code?.current?.usedAt !== undefined, how).toBe(inTime);
  expect(orders, how).toContain(`${inTime ? 'in time' : 'late'}: ${order}`);
  if (inTime) expect(objection?.status, how).toBe('fulfilled');
  else
    expect(objection, how).toMatchObject({
      reason: expect.objectContaining({ code: 'enrolment/deadline-passed' }),
    });
  if (objection?.status === 'rejected') expect(objection.reason).toBeInstanceOf(Refusal);
}

/** All that may stand in a journal, whoever was faster: one line for each change. */
const orders = [
  'in time: oppose',
  'in time: open, oppose',
  'late: oppose refused deadline-passed, open',
  'late: open, oppose refused deadline-passed',
];

describe('ENR-40: an objection against the opening at its deadline', () => {
  test(`in ${runs} interleavings has one outcome, decided by when it was received`, async () => {
    await inLanes(draws.entries(), 4, ([pair, draw]) => judge(pair, draw));
    expect(seen).toHaveLength(runs);
  }, 240_000);

  test('each order was seen at least ten times, in many different ways', () => {
    for (const order of orders) {
      const times = seen.filter(
        (one) => order === `${one.inTime ? 'in time' : 'late'}: ${one.order}`,
      );
      expect(times.length, order).toBeGreaterThanOrEqual(10);
    }
    expect(new Set(seen.map(({ trace }) => trace)).size).toBeGreaterThanOrEqual(100);
  });
});

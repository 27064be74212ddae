import '../races/in-process.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openingShards } from '#functions/enrolment/due.ts';
import { openShards } from '#functions/enrolment/job-open.ts';
import { openingShardsOf } from '#functions/enrolment/messages.ts';
import { object } from '#functions/enrolment/object.ts';
import { objectionDeadline } from '#shared/kernel/calendar.ts';
import { shardOf } from '#shared/kernel/ids.ts';
import { nirKey } from '#shared/kernel/nir.ts';
import { world } from '../races/in-process.ts';
import { type Planted, plant } from '../races/plant.ts';
import { standing } from '../races/standing.ts';
import { wrongCode } from '../town.ts';

const department = '07';
const day = 86_400_000;
const hour = 3_600_000;
let now = 0;

beforeAll(async () => {
  now = Date.parse(await world.now());
});
afterAll(() => world.idle());

async function invited(change: { daysAgo?: number } = {}): Promise<Planted> {
  const [one] = await plant(1, { department, sentAt: now - (change.daysAgo ?? 1) * day });
  if (!one) throw new Error('nobody');
  return one;
}

const attempt = (person: Planted, from: string, change: object = {}) =>
  world.request({
    method: 'POST',
    path: '/enrolment/oppositions',
    body: { nir: person.nir, cardSerial: person.cardSerial, code: person.code, ...change },
    from,
  });

const fails = async (person: Planted, from: string, times: number) => {
  for (let n = 0; n < times; n++) await attempt(person, from, { code: wrongCode(person.code) });
};

/** An answer's bytes, without what differs from one request to the next. */
function bytesOf({ status, text, headers }: Awaited<ReturnType<typeof attempt>>): string {
  const same = Object.entries(headers).filter(([name]) => !/^date$|request-?id|trace/i.test(name));
  return JSON.stringify([status, text, same]);
}

/** Units of five items of a transaction, up to a KB each; the index of what is due may cost two more. */
const fiveWrites = { least: 10, most: 12 };

/** What the public function asked of AWS since the counts were cleared: `dynamodb:GetItem 5`. */
async function work(): Promise<string[]> {
  const counts = await world.counts();
  return counts
    .filter((one) => one.function === 'enrolment-public')
    .map(({ action, calls, writeUnits }) => {
      const { least, most } = fiveWrites;
      const five = writeUnits >= least && writeUnits <= most ? ', five items' : '';
      return `${action} ${calls}${writeUnits === 0 ? '' : five || `, ${writeUnits} units`}`;
    })
    .sort();
}

describe('ENR-14: what a stranger can tell apart', () => {
  test('nothing: every failure has the same bytes and costs the same calls', async () => {
    const [opposed, burnt, blocked] = [await invited(), await invited(), await invited()];
    expect((await attempt(opposed, '127.10.1.1')).status).toBe(201);
    await fails(burnt, '127.10.2.1', 5);
    await fails(burnt, '127.10.3.1', 5);
    await fails(blocked, '127.10.4.1', 5);
    const open = await invited({ daysAgo: 600 });
    await sweep(open, Date.parse(open.deadlineAt) + hour);
    const [known] = await plant(1, { department });
    const other = await invited();
    const nobody = { ...other, nir: `299057${'0000123'}${nirKey('2990570000123')}` };
    await world.idle();

    const wrong = { code: wrongCode(other.code) };
    const cases: Record<string, () => ReturnType<typeof attempt>> = {
      'unknown NIR': () => attempt(nobody, '127.11.1.1'),
      'unknown NIR, wrong code': () => attempt(nobody, '127.11.2.1', wrong),
      'wrong card': async () => attempt(await invited(), '127.11.3.1', { cardSerial: '99999999' }),
      'wrong code': async () => attempt(await invited(), '127.11.4.1', wrong),
      'wrong card and code': async () =>
        attempt(await invited(), '127.11.5.1', { ...wrong, cardSerial: '99999999' }),
      'not heard for the hour, right code': () => attempt(blocked, '127.10.4.1'),
      'not heard for the hour, wrong code': () => attempt(blocked, '127.10.4.1', wrong),
      'expired, wrong code': async () =>
        attempt(await invited({ daysAgo: 50 }), '127.11.6.1', wrong),
      'opposed, wrong code': () => attempt(opposed, '127.11.7.1', wrong),
      'open, wrong code': () => attempt(open, '127.11.8.1', wrong),
      'burnt, wrong code': () => attempt(burnt, '127.11.9.1', wrong),
      'not informed yet': () => attempt(known ?? other, '127.11.10.1'),
    };
    const told: [string, string, string][] = [];
    for (const [name, act] of Object.entries(cases)) {
      await world.clearCounts();
      told.push([name, bytesOf(await act()), (await work()).join(', ')]);
      await world.idle();
    }
    const [[, bytes, calls] = ['', '', '']] = told;
    expect(bytes).toContain('enrolment/not-recognised');
    expect(told).toEqual(told.map(([name]) => [name, bytes, calls]));
    expect(calls).toBe('dynamodb:GetItem 5, dynamodb:TransactWriteItems 1, five items');
  }, 240_000);

  test('who asks for a new code learns nothing, and costs the same, whether it is sent or not', async () => {
    const [right, blocked, opposed] = [await invited(), await invited(), await invited()];
    await attempt(opposed, '127.10.1.1');
    await fails(blocked, '127.10.5.1', 5);
    const request = (person: Planted, from: string, change: object = {}) =>
      world.request({
        ...{ method: 'POST', path: '/enrolment/codes', from },
        body: {
          ...{ nir: person.nir, cardSerial: person.cardSerial, birthDate: person.birthDate },
          ...change,
        },
      });
    const cases = [
      () => request(right, '127.12.1.1'),
      () => request(right, '127.12.2.1'),
      () => request(right, '127.12.3.1', { birthDate: '1999-01-01' }),
      () => request(right, '127.12.4.1', { cardSerial: '99999999' }),
      () => request(right, '127.12.5.1', { nir: `299057${'0000124'}${nirKey('2990570000124')}` }),
      () => request(opposed, '127.12.6.1'),
      () => request(blocked, '127.10.5.1'),
    ];
    const told = new Set<string>();
    for (const act of cases) {
      await world.clearCounts();
      told.add(`${bytesOf(await act())} ${await work()}`);
      await world.idle();
    }
    expect([...told]).toHaveLength(1);
    expect((await world.mails({ to: right.email })).length).toBe(1);
  }, 240_000);
});

/** Opens the part of a passed deadline in which a person would be. */
async function sweep({ deadlineAt, holder }: Pick<Planted, 'deadlineAt' | 'holder'>, at: number) {
  const part = Math.floor(shardOf(holder, openingShards) / openingShardsOf(0).length);
  const { counts } = await openShards(
    { deadlineAt, part },
    { clock: () => at, hasTime: () => true },
  );
  return counts;
}

describe('ENR-11: ten wrong codes by a third party who knows NIR and card', () => {
  test('one network alone cannot burn the code, however often it tries', async () => {
    const person = await invited();
    await fails(person, '127.13.1.1', 8);
    await fails(person, '127.13.1.77', 8);
    const { status, code, told } = await standing(person.holder);
    expect(code?.current).toMatchObject({ failures: 5 });
    expect(status).not.toHaveProperty('frozen');
    const counted = Array(5).fill('oppose refused wrong-code');
    expect(told.slice(2)).toEqual([...counted, 'oppose refused unheard']);
    expect((await attempt(person, '127.13.2.1')).status).toBe(201);
  });

  test('two burn it: the opening waits, the person is told, and a new code brings its own 42 days', async () => {
    const person = await invited({ daysAgo: 41 });
    const old = Date.parse(person.deadlineAt);
    await fails(person, '127.14.1.1', 5);
    await fails(person, '127.14.2.1', 5);
    await world.idle();
    const frozen = await standing(person.holder);
    expect(frozen.status).toMatchObject({ status: 'invited', frozen: true });
    expect(frozen.told.at(-1)).toBe('burn-code');

    // Past the deadline nothing is even due.
    expect(await sweep(person, old + hour)).toEqual({ opened: 0, skipped: 0, left: 0 });
    const told = await world.mails({ to: person.email });
    expect(told.map(({ subject }) => subject)).toEqual([expect.stringContaining('bloqué')]);
    const refused = await attempt(person, '127.14.3.1');
    expect(refused.body).toMatchObject({ status: 409, code: 'enrolment/code-burnt' });

    const asked = await world.request({
      ...{ method: 'POST', path: '/enrolment/codes', from: '127.14.3.1' },
      body: { nir: person.nir, cardSerial: person.cardSerial, birthDate: person.birthDate },
    });
    expect(asked.status).toBe(202);
    await world.idle();
    const mail = (await world.mails({ to: person.email })).at(-1);
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(mail?.text ?? '')?.[0] ?? '';
    const sentAt = Date.parse(mail?.at ?? '');
    const deadline = objectionDeadline({ sentAt, department, days: 42 });
    const renewed = await standing(person.holder);
    expect(renewed.status).toMatchObject({
      status: 'invited',
      deadlineAt: new Date(deadline).toISOString(),
    });
    expect(renewed.status).not.toHaveProperty('frozen');
    expect(await sweep(person, old + 2 * hour)).toMatchObject({ opened: 0 });

    const body = { nir: person.nir, cardSerial: person.cardSerial, code };
    const late = { receivedAt: old + 5 * day, now: old + 5 * day, sourceIp: '10.3.0.1' };
    const stale = { ...late, body: { ...body, code: person.code }, idempotencyKey: undefined };
    await expect(object(stale)).rejects.toMatchObject({ code: 'enrolment/not-recognised' });
    await object({ ...late, body, idempotencyKey: undefined });
    expect((await standing(person.holder)).status.status).toBe('opposed');
  }, 240_000);

  test('who has the new code and lets its own days pass is opened at their end', async () => {
    const person = await invited({ daysAgo: 40 });
    await fails(person, '127.15.1.1', 5);
    await fails(person, '127.15.2.1', 5);
    await world.request({
      ...{ method: 'POST', path: '/enrolment/codes', from: '127.15.3.1' },
      body: { nir: person.nir, cardSerial: person.cardSerial, birthDate: person.birthDate },
    });
    await world.idle();
    const { status } = await standing(person.holder);
    if (status.status !== 'invited') throw new Error(status.status);
    const end = Date.parse(status.deadlineAt);
    expect(await sweep(status, end)).toMatchObject({ opened: 0 });
    await sweep(status, end + 1);
    expect((await standing(person.holder)).status.status).toBe('open');
  }, 240_000);
});

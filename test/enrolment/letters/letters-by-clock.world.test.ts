import '../races/in-process.ts';
import { describe, expect, test } from 'vitest';
import { startLetters } from '#functions/enrolment/job-start-letters.ts';
import { dropPeople, parisTime, sendWave, signIn, someone, world } from '../town.ts';
import { batchesOf, printed } from './shop.ts';

/** One that the clock writes to, one whose wave is paused, one whose letters an agent ordered. */
const [clocked, paused, ordered] = ['79', '86', '87'];
const dayMs = 86_400_000;

const offline = (department: string) => someone(department, { email: '' });
const lettersOf = async (department: string) =>
  (await batchesOf(department)).map(({ letters }) => letters);
const daysLater = (day: string, days: number) =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

describe('ENR-1: letters by the clock', () => {
  let sendOn = '';

  test('a week after the sending those without an address get theirs, a day earlier nobody does', async () => {
    const people = [clocked, paused, ordered].flatMap((one) => [offline(one), offline(one)]);
    await dropPeople([...people, someone(clocked, { email: `p-${process.pid}@bounce.invalid` })]);
    sendOn = await sendWave('wave-clocked', [clocked, ordered]);
    await world.move('+10m');
    await world.idle();
    await printed(ordered);
    await sendWave('wave-held', [paused]);
    await world.move('+10m');
    const order = { path: '/enrolment/waves/wave-held/pause', token: await signIn('campagne') };
    await world.request({ method: 'POST', ...order });
    await world.leap(parisTime(daysLater(sendOn, 6), 23, 0));
    expect(await lettersOf(clocked)).toEqual([]);
    // The job comes to an end but its answer is lost: the order is one all the same.
    await world.plant({
      ...{ caller: 'enrolment-clock', action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
      if: { contains: `letters:${clocked}` },
    });
    await world.move(parisTime(daysLater(sendOn, 7), 6, 50));
    await world.idle();
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    await world.clearFaults();
    expect(await lettersOf(clocked)).toEqual([3]);
  });

  test('what an agent ordered is not ordered again, nor what is printed', async () => {
    expect(await lettersOf(ordered)).toEqual([2]);
    const now = Date.parse(await world.now());
    const again = await Promise.all([startLetters(now), startLetters(now)]);
    await world.idle();
    for (const one of again) for (const name of [clocked, ordered]) expect(one).not.toContain(name);
    expect(await lettersOf(clocked)).toEqual([3]);
  });

  test('a wave that is paused has its letters when it goes on', async () => {
    await world.move(parisTime(daysLater(sendOn, 9), 6, 50));
    await world.idle();
    expect(await lettersOf(paused)).toEqual([]);
    const token = await signIn('campagne');
    await world.request({ method: 'POST', path: '/enrolment/waves/wave-held/start', token });
    await world.move(parisTime(daysLater(sendOn, 10), 6, 50));
    await world.idle();
    expect(await lettersOf(paused)).toEqual([2]);
  });
});

import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Wave, WavePreview } from '#functions/enrolment/schema.ts';
import { dropPeople, journalOf, parisTime, signIn, someone, world } from './town.ts';

const dayMs = 86_400_000;
const tomorrow = async () =>
  new Date(Date.parse(await world.now()) + dayMs).toISOString().slice(0, 10);

async function ask(method: string, path: string, body?: object, who = 'campagne') {
  const token = await signIn(who);
  return world.request({ method, path: `/enrolment/${path}`, token, ...(body ? { body } : {}) });
}
const order = (wave: string, what: string) => ask('POST', `waves/${wave}/${what}`);
const read = async (wave: string) => Wave.parse((await ask('GET', `waves/${wave}`)).body);

async function planned(wave: string, department: string): Promise<string> {
  const sendOn = await tomorrow();
  const answer = await ask('PUT', `waves/${wave}`, { sendOn, departments: [department] });
  expect(answer.status).toBe(200);
  return sendOn;
}

describe('a campaign', () => {
  test('is previewed: who would be informed, and how', async () => {
    await dropPeople([
      ...Array.from({ length: 3 }, () => someone('18')),
      ...Array.from({ length: 2 }, () => someone('18', { email: '' })),
    ]);
    const { status, body } = await ask('GET', 'wave-preview?department=18&department=21');
    expect(status).toBe(200);
    expect(WavePreview.parse(body)).toEqual({
      departments: [
        { department: '18', mail: 3, letter: 2, wished: 0 },
        { department: '21', mail: 0, letter: 0, wished: 0 },
      ],
      total: { mail: 3, letter: 2, wished: 0 },
    });
    expect((await ask('GET', 'wave-preview?department=18', undefined, 'conseiller')).status).toBe(
      403,
    );
    for (const wrong of ['department=999', 'department=18&department=18', ''])
      expect((await ask('GET', `wave-preview?${wrong}`)).status, wrong).toBe(400);
  });

  test('begins at once when its day has come, and not before', async () => {
    const people = Array.from({ length: 3 }, () => someone('36'));
    await dropPeople(people);
    const sendOn = await planned('start-36', '36');
    expect((await order('start-36', 'start')).body).toMatchObject({
      code: 'enrolment/wave-not-due',
    });
    await world.move(parisTime(sendOn, 0, 5));
    expect((await order('start-36', 'start')).body).toMatchObject({ state: 'sending' });
    await world.idle();
    for (const { email } of people) expect(await world.mails({ to: email })).toHaveLength(1);
    expect((await order('unknown', 'start')).status).toBe(404);
  });

  test('paused, killed and resumed twenty times informs each person exactly once', async () => {
    const people = Array.from({ length: 150 }, () => someone('58'));
    const offline = Array.from({ length: 6 }, () => someone('58', { email: '' }));
    await dropPeople([...people, ...offline]);
    const sendOn = await planned('often-58', '58');
    await world.move(parisTime(sendOn, 0, 5));
    // A mail of each of four workers in ten seconds: every round leaves most people to the next.
    await ask('PUT', 'waves/often-58/pace', { mailsPerSecond: 0.4 });
    let [doubles, deaths] = [0, 0];
    for (let round = 0; round < 20; round++) {
      expect((await order('often-58', 'start')).body).toMatchObject({ state: 'sending' });
      // Every other time the worker dies in its first sending, between the mail and its note.
      if (round % 2 === 0)
        await world.plant({
          ...{ caller: 'enrolment-sending', action: 'ses:SendEmail', kind: 'kill' },
          ...{ when: round % 4 === 0 ? 'after' : 'before', times: 1 },
        });
      const death = async () => (await world.faults()).some(({ fired }) => fired > 0);
      if (round % 2 === 0) {
        await expect.poll(death, { timeout: 60_000 }).toBe(true);
        deaths += 1;
      }
      await expect
        .poll(async () => Wave.parse((await order('often-58', 'pause')).body).state, {
          timeout: 60_000,
        })
        .toBe('paused');
      await world.idle();
      await world.clearFaults();
      const told = await informed(people);
      await world.move(new Date(Date.parse(await world.now()) + 121_000).toISOString());
      // What the dead had in hand is free by now. Nobody is informed while it is paused, whatever the clock does.
      expect(await read('often-58')).toMatchObject({
        state: 'paused',
        parts: { all: 4, inHand: 0 },
      });
      expect(await informed(people)).toBe(told);
    }
    // Something was left to the very end.
    expect(await informed(people)).toBeLessThan(150);
    await ask('PUT', 'waves/often-58/pace', { mailsPerSecond: null });
    await order('often-58', 'start');
    await world.idle();
    for (const { email } of people) {
      const mails = await world.mails({ to: email });
      // However often a death fell between his mail and its note, it is the same mail.
      expect(new Set(mails.map(({ text }) => text)).size).toBe(1);
      doubles += mails.length - 1;
    }
    // Each death leaves at most those that the worker's eight lanes had in hand (a double is counted, not denied).
    expect(doubles).toBeLessThanOrEqual(deaths * 8);
    const acts = [...(await journalOf('58')).values()].map((lines) =>
      lines.map(({ action }) => action.replace('enrolment/', '')),
    );
    expect(acts).toHaveLength(156);
    expect(acts.filter(([, second]) => second === 'send-invitation')).toHaveLength(150);
    expect(acts.filter(([, second]) => second === 'defer-to-letter')).toHaveLength(6);
    expect(acts.every((one) => one.length === 2)).toBe(true);
    expect((await read('often-58')).progress).toEqual([
      { department: '58', invited: 150, deferred: 6, written: 0 },
    ]);
  });

  test('stopped for good sends nothing more, and leaves its people to another wave', async () => {
    const person = someone('89');
    await dropPeople([person]);
    const sendOn = await planned('stopped-89', '89');
    expect((await order('stopped-89', 'stop')).body).toMatchObject({ state: 'stopped' });
    const at = await read('stopped-89');
    expect((await order('stopped-89', 'stop')).body).toMatchObject({ stoppedAt: at.stoppedAt });
    for (const what of ['start', 'pause'])
      expect((await order('stopped-89', what)).body).toMatchObject({
        code: 'enrolment/wave-ended',
      });
    await world.move(parisTime(sendOn, 17, 10));
    expect(await world.mails({ to: person.email })).toEqual([]);
    const next = await planned('after-89', '89');
    await world.move(parisTime(next, 9, 20));
    await world.idle();
    expect(await world.mails({ to: person.email })).toHaveLength(1);
  });

  test('ENR-1 paused before it began may be planned anew: it stays paused, at its pace, and is no other wave’s meanwhile', async () => {
    const person = someone('80');
    await dropPeople([person]);
    const sendOn = await planned('paused-80', '80');
    const plan = (on: string, departments = ['80'], wave = 'paused-80') =>
      ask('PUT', `waves/${wave}`, { sendOn: on, departments });
    await ask('PUT', 'waves/paused-80/pace', { mailsPerSecond: 5 });
    const { body: paused } = await order('paused-80', 'pause');
    expect((await plan(sendOn)).body).toEqual(paused);
    const dayAfter = new Date(Date.parse(sendOn) + dayMs).toISOString().slice(0, 10);
    const anew = await plan(dayAfter);
    expect(anew.status, anew.text).toBe(200);
    const { pausedAt } = Wave.parse(paused);
    const stays = { state: 'paused', pausedAt, mailsPerSecond: 5, sendOn: dayAfter };
    expect(anew.body).toMatchObject(stays);
    expect((await plan(dayAfter, ['80'], 'other-80')).body).toMatchObject({
      code: 'enrolment/department-in-wave',
    });
    await world.move(parisTime(dayAfter, 9, 20));
    await world.idle();
    expect(await world.mails({ to: person.email })).toEqual([]);
    expect((await order('paused-80', 'start')).body).toMatchObject({ state: 'sending' });
    await world.idle();
    expect(await world.mails({ to: person.email })).toHaveLength(1);
    const later = await tomorrow();
    await order('paused-80', 'pause');
    expect((await plan(later)).body).toMatchObject({ code: 'enrolment/wave-begun' });
    const before = await planned('ended-80', '92');
    await order('ended-80', 'stop');
    expect((await plan(before, ['80', '92'], 'ended-80')).body).toMatchObject({
      code: 'enrolment/wave-ended',
    });
  });

  test('keeps to a pace that may be changed, and says it', async () => {
    await planned('pace-71', '71');
    const pace = (mailsPerSecond: unknown) =>
      ask('PUT', 'waves/pace-71/pace', { mailsPerSecond } as object);
    expect((await pace(2.5)).body).toMatchObject({ mailsPerSecond: 2.5 });
    expect(await read('pace-71')).toMatchObject({ mailsPerSecond: 2.5 });
    expect((await pace(null)).body).not.toHaveProperty('mailsPerSecond');
    for (const wrong of [0, -1, 2000, 'fast'])
      expect(z.object({ status: z.number() }).parse(await pace(wrong)).status).toBe(400);
  });

  test('an order whose answer is lost is carried out once', async () => {
    await planned('lost-73', '73');
    await world.plant({
      ...{ caller: 'enrolment-campaign', action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
      if: { contains: 'enrolment/pause-wave' },
    });
    const first = await order('lost-73', 'pause');
    expect(first).toMatchObject({ status: 200, body: { state: 'paused' } });
    const again = await order('lost-73', 'pause');
    expect(again.body).toEqual(first.body);
    await world.clearFaults();
    await order('lost-73', 'stop');
  });
});

/** How many people have a mail. */
async function informed(people: readonly { email: string }[]): Promise<number> {
  let count = 0;
  for (const { email } of people) if ((await world.mails({ to: email })).length > 0) count += 1;
  return count;
}

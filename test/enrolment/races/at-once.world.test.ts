import './in-process.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDeadline } from '#functions/enrolment/deadline-store.ts';
import { object } from '#functions/enrolment/object.ts';
import { openShard } from '#functions/enrolment/open-shard.ts';
import { sendInvitation } from '#functions/enrolment/send-invitation.ts';
import { loadProgress } from '#functions/enrolment/wave-store.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { objectionDeadline } from '#shared/kernel/calendar.ts';
import { shardOf } from '#shared/kernel/ids.ts';
import { wrongCode } from '../town.ts';
import { world } from './in-process.ts';
import { interleave } from './interleave.ts';
import { type Planted, plant } from './plant.ts';
import { standing } from './standing.ts';

const department = '05';
const sentAt = Date.parse('2023-05-02T09:00:00Z');
const deadline = objectionDeadline({ sentAt, department, days: 42 });
const deadlineAt = new Date(deadline).toISOString();
const hour = 3_600_000;

afterAll(async () => {
  await closeDeadline(deadlineAt);
  await world.idle();
});

/** Chooses by drawn numbers. */
function drawn(choices: readonly number[]) {
  const left = [...choices];
  return (ready: readonly string[]) => ready[(left.shift() ?? 0) % ready.length] ?? '';
}
const draws = (numRuns: number) =>
  fc
    .sample(fc.array(fc.nat(5), { minLength: 30, maxLength: 30 }), numRuns)
    .map((choices) => drawn(choices));

const objecting = (person: Planted, given: { code?: string; at?: number; from?: string } = {}) =>
  object({
    body: { nir: person.nir, cardSerial: person.cardSerial, code: given.code ?? person.code },
    ...{ receivedAt: given.at ?? deadline, now: (given.at ?? deadline) + 20_000 },
    sourceIp: given.from ?? '10.1.0.1',
    idempotencyKey: undefined,
  });

describe('ENR-40: two objections with one code at once', () => {
  test('exactly one counts; the other is told that the code has served', async () => {
    await inLanes(draws(24).entries(), 4, async ([, choose]) => {
      const [person] = await plant(1, { department, sentAt });
      if (!person) throw new Error('nobody');
      const act = () => objecting(person);
      const { outcomes, trace } = await interleave({ left: act, right: act }, choose);
      const how = trace.join();
      const both = Object.values(outcomes);
      expect(
        both.filter(({ status }) => status === 'fulfilled'),
        how,
      ).toHaveLength(1);
      expect(both, how).toContainEqual({
        status: 'rejected',
        reason: expect.objectContaining({ code: 'enrolment/code-used' }),
      });
      const { told } = await standing(person.holder);
      expect(told.slice(2).sort(), how).toEqual(['oppose', 'oppose refused code-used']);
    });
  }, 240_000);
});

describe('ENR-2: two sweeps at once', () => {
  test('open a full transaction of people once each, and count each once', async () => {
    await inLanes(draws(4).entries(), 2, async ([run, choose]) => {
      const shard = 100 + run;
      // A day of their own, so that nobody else is in the shard.
      const people = await plant(54, { department, sentAt: sentAt + 24 * hour, shard });
      const at = people[0]?.deadlineAt ?? '';
      const sweep = () => openShard({ deadlineAt: at, shard, now: deadline + 48 * hour });
      const { outcomes, trace } = await interleave({ left: sweep, right: sweep }, choose);
      const how = trace.join();
      const opened = Object.values(outcomes).map((one) =>
        one.status === 'fulfilled' ? Number(Reflect.get(Object(one.value), 'opened')) : Number.NaN,
      );
      expect((opened[0] ?? 0) + (opened[1] ?? 0), how).toBe(people.length);
      await inLanes(people, 8, async ({ holder }) => {
        expect((await standing(holder)).told, how).toEqual([
          'import-insured',
          'renew-code',
          'open',
        ]);
      });
    });
  }, 240_000);
});

describe('ENR-1: two senders at once', () => {
  // Two who wait for one key to be fetched would wait for each other here: it is fetched before.
  beforeAll(async () => {
    const [first] = await plant(1, { department });
    const wave = 'at-once-first';
    await sendInvitation({ holder: first?.holder ?? '', wave, lane: '0#0', clock: () => sentAt });
  });

  test('invite a person once; a doubled mail has the same code', async () => {
    await inLanes(draws(20).entries(), 4, async ([run, choose]) => {
      const [person] = await plant(1, { department });
      const { holder = '', email = '' } = person ?? {};
      const wave = `at-once-${run}`;
      const send = (lane: string) => () =>
        sendInvitation({ holder, wave, lane, clock: () => sentAt });
      const { outcomes, trace } = await interleave(
        { left: send('0#0'), right: send('0#1') },
        choose,
      );
      const how = trace.join();
      const answers = Object.values(outcomes).map((one) =>
        one.status === 'fulfilled' ? one.value : one.reason,
      );
      expect(answers.sort(), how).toEqual(['invited', 'skipped']);
      expect((await standing(holder)).told, how).toEqual(['import-insured', 'send-invitation']);
      const mails = await world.mails({ to: email });
      expect([1, 2], how).toContain(mails.length);
      expect(new Set(mails.map(({ text }) => text)).size, how).toBe(1);
      expect(await loadProgress(wave), how).toEqual([
        { department, invited: 1, deferred: 0, written: 0 },
      ]);
    });
  }, 240_000);
});

describe('ENR-11: the tenth wrong code against the opening', () => {
  test('burns the code, and freezes the record or comes too late for that, never both', async () => {
    const ends = new Set<string>();
    await inLanes(draws(20).entries(), 4, async ([run, choose]) => {
      // Its way is three times as long: in every second race it goes on until its last call.
      let calls = 0;
      const favoured = (ready: readonly string[]) =>
        run % 2 === 0 && ready.includes('burn') && calls++ < 6 ? 'burn' : choose(ready);
      const [person] = await plant(1, { department, sentAt, shard: 6 * run });
      if (!person) throw new Error('nobody');
      const { holder, code } = person;
      const fail = (n: number) =>
        objecting(person, { code: wrongCode(code), from: `10.2.${n}.1` }).catch(String);
      for (let n = 0; n < 9; n++) await fail(n);
      const sweep = () =>
        openShard({ deadlineAt, shard: shardOf(holder, 128), now: deadline + hour });
      const { trace } = await interleave({ burn: () => fail(9), sweep }, favoured);
      const { status, told, code: kept } = await standing(holder);
      const frozen = status.status === 'invited' && status.frozen === true;
      const how = trace.join();
      expect(told.slice(2, 11), how).toEqual(Array(9).fill('oppose refused wrong-code'));
      expect(told.slice(11), how).toEqual(frozen ? ['burn-code'] : ['open', 'burn-code']);
      // Either way: an open record's code still serves to activate it.
      expect(kept?.current?.burntAt, how).toBeDefined();
      ends.add(status.status);
    });
    expect(ends).toEqual(new Set(['open', 'invited']));
  }, 240_000);
});

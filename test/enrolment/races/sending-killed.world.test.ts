import './in-process.ts';
import { afterAll, expect, test } from 'vitest';
import { closeDeadline, passedDeadlines } from '#functions/enrolment/deadline-store.ts';
import { sendShards } from '#functions/enrolment/job-send.ts';
import { object } from '#functions/enrolment/object.ts';
import { loadProgress } from '#functions/enrolment/wave-store.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { objectionDeadline } from '#shared/kernel/calendar.ts';
import { world } from './in-process.ts';
import { deathsOf, killedAt } from './killed-at.ts';
import { type Planted, plant } from './plant.ts';
import { standing } from './standing.ts';

/** A lane works in a département of its own, so that cohorts do not meet. */
const departments = ['03', '42', '43', '63'] as const;
const firstDay = Date.parse('2024-01-31T09:05:00Z');
const day = 86_400_000;
const later = 180_000;
const hasTime = () => true;
const orders = async () => ({ parts: 4 });

let cohorts = 0;

async function cohort(department: string) {
  const wave = `killed-${cohorts}`;
  // A day of its own, so that the deadline is noted anew.
  const sentAt = firstDay + cohorts++ * day;
  // Shards 1 and 2 belong to the first quarter of a département's people.
  const [mailed, offline] = [
    [...(await plant(2, { department, shard: 1 })), ...(await plant(1, { department, shard: 2 }))],
    await plant(1, { department, shard: 1, email: '' }),
  ];
  const send = (late: number) => () =>
    sendShards({ wave, department, quarter: 0 }, { clock: () => sentAt + late, hasTime, orders });
  return { wave, department, mailed, offline, send, sentAt };
}

afterAll(() => world.idle());

/** The codes in a person's mails. */
async function codesOf({ email }: Planted): Promise<string[]> {
  const mails = await world.mails({ to: email });
  return mails.flatMap(({ text }) => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? []);
}

const opposes = (person: Planted, code: string, at: number) =>
  object({
    body: { nir: person.nir, cardSerial: person.cardSerial, code },
    ...{ receivedAt: at, now: at, sourceIp: '10.0.0.1' },
    idempotencyKey: undefined,
  });

test('ENR-1: a sending killed at any of its calls and run again informs everybody; a doubled mail has the same code', async () => {
  // Everybody's keys are in hand by then, as in a worker that has run for a while.
  for (const department of departments) await (await cohort(department)).send(0)();
  const whole = await cohort('03');
  const deaths = await deathsOf(whole.send(0));
  expect(deaths.length).toBeGreaterThanOrEqual(30);
  const lost: string[] = [];
  let deathsSeen = 0;
  await inLanes(deaths, departments.length, async (n, lane) => {
    const { wave, department, mailed, offline, send, sentAt } = await cohort(
      departments[lane] ?? '',
    );
    const how = `call ${n}`;
    // Lanes that meet in a count repeat calls: a run may need fewer than the one that was counted.
    const { died, calls } = await killedAt(n, send(0));
    if (died) deathsSeen++;
    else expect(calls, how).toBeLessThan(n);
    expect(await send(later)(), how).toMatchObject({ answer: died ? 'done' : 'busy' });
    let doubled = 0;
    for (const person of mailed) {
      const { told } = await standing(person.holder);
      expect(told, how).toEqual(['import-insured', 'send-invitation']);
      const codes = await codesOf(person);
      expect([1, 2], how).toContain(codes.length);
      expect(new Set(codes).size, how).toBe(1);
      doubled += codes.length - 1;
      if (n % 4 === 0)
        await opposes(person, codes[0] ?? '', sentAt + later).catch(() => lost.push(how));
    }
    // Both lanes of the one shard with two people may have been between mail and note.
    expect(doubled, how).toBeLessThanOrEqual(3);
    for (const { holder } of offline)
      expect((await standing(holder)).told, how).toEqual(['import-insured', 'defer-to-letter']);
    const days = 42;
    const deadline = objectionDeadline({ sentAt, department, days });
    expect(await passedDeadlines(deadline + 1), how).toContain(new Date(deadline).toISOString());
    // The clock of the world will not find it: other tests move it.
    await closeDeadline(new Date(deadline).toISOString());
    expect(await loadProgress(wave), how).toEqual([
      { department, invited: 3, deferred: 1, written: 0 },
    ]);
  });
  expect(lost).toEqual([]);
  expect(deathsSeen).toBeGreaterThanOrEqual(deaths.length * 0.75);
}, 240_000);

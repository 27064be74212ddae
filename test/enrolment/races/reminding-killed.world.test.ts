import './in-process.ts';
import { afterAll, expect, test } from 'vitest';
import { noteDeadline } from '#functions/enrolment/deadline-store.ts';
import { remindShards } from '#functions/enrolment/job-remind.ts';
import { startReminding } from '#functions/enrolment/job-start-reminding.ts';
import { loadStatus, statusWrite } from '#functions/enrolment/person-store.ts';
import { transact } from '#shared/aws/transact.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { world } from './in-process.ts';
import { deathsOf, killedAt } from './killed-at.ts';
import { plant } from './plant.ts';
import { standing } from './standing.ts';

const department = '09';
const day = 86_400_000;
/** Longer than a dead worker's lease. */
const later = 180_000;
const hasTime = () => true;

let cohorts = 0;

/** A transaction of one shard, and one that is filled from two; both shards of part 0. */
async function cohort() {
  const sentAt = Date.parse('2021-10-04T08:00:00Z') + cohorts++ * day;
  const people = [
    ...(await plant(51, { department, sentAt, shard: 5 })),
    ...(await plant(2, { department, sentAt, shard: 6 })),
  ];
  const deadlineAt = people[0]?.deadlineAt ?? '';
  const at = (remindDays: number) => Date.parse(deadlineAt) - remindDays * day;
  const remind = (late: number, remindDays = 3) => {
    const clock = () => at(remindDays) + late;
    return () => remindShards({ deadlineAt, part: 0, remindDays }, { clock, hasTime });
  };
  return { people, deadlineAt, remind, at };
}

const before = ['import-insured', 'renew-code'];

afterAll(() => world.idle());

test('ENR-2: a reminding killed at any of its calls and run again reminds everybody once', async () => {
  const whole = await cohort();
  const deaths = await deathsOf(whole.remind(0));
  expect(deaths.length).toBeGreaterThanOrEqual(12);
  await inLanes(deaths, 3, async (n) => {
    const { people, remind } = await cohort();
    expect(await killedAt(n, remind(0)), `call ${n}`).toMatchObject({ died: true });
    const again = await remind(later)();
    expect(again, `call ${n}`).toMatchObject({ answer: 'done', counts: { left: 0 } });
    await inLanes(people, 8, async ({ holder }) => {
      const { status, told } = await standing(holder);
      expect(status.status, `call ${n}`).toBe('invited');
      expect(told, `call ${n}`).toEqual([...before, 'remind-deadline']);
    });
  });
}, 240_000);

test('ENR-2: each reminder once: not again when asked again, nor the earlier one after the later', async () => {
  const { people, remind } = await cohort();
  expect(await remind(0, 14)()).toMatchObject({ answer: 'done', counts: { done: 53 } });
  expect(await remind(later, 14)()).toMatchObject({ answer: 'busy' });
  expect(await remind(0, 3)()).toMatchObject({ answer: 'done', counts: { done: 53 } });
  // A message that was on its way all the time, of a reminder of which no part was begun.
  expect(await remind(0, 5)()).toMatchObject({ answer: 'done', counts: { done: 0, skipped: 53 } });
  const { told } = await standing(people[0]?.holder ?? '');
  expect(told).toEqual([...before, 'remind-deadline', 'remind-deadline']);
});

test('ENR-2: a reminding whose answers are lost on the way has one effect', async () => {
  const { people, remind } = await cohort();
  await world.plant({
    ...{ caller: 'operator', action: 'dynamodb:TransactWriteItems', kind: 'lost-ack', times: 2 },
    if: { contains: '"enrolment/remind-deadline"' },
  });
  expect(await remind(0)()).toMatchObject({ answer: 'done', counts: { left: 0 } });
  expect((await world.faults()).map(({ fired }) => fired)).toEqual([2]);
  await world.clearFaults();
  for (const { holder } of people)
    expect((await standing(holder)).told).toEqual([...before, 'remind-deadline']);
});

test('ENR-2: who was burnt or informed by letter is not; the others of his transaction are', async () => {
  const { people, remind } = await cohort();
  const changes = [{ frozen: true }, { uninformed: 'bounced' }, { informBy: 'letter' }] as const;
  for (const [at, change] of changes.entries()) {
    const status = await loadStatus(people[at]?.holder ?? '');
    if (status?.status !== 'invited') throw new Error('nobody invited');
    await transact([
      statusWrite({ ...status, ...change, version: status.version + 1 }, status.version),
    ]);
  }
  const { counts } = await remind(0)();
  expect(counts).toMatchObject({ done: 50, left: 0 });
  for (const [at, { holder }] of people.entries()) {
    const status = await loadStatus(holder);
    expect(status).toMatchObject(
      at < changes.length ? (changes[at] ?? {}) : { reminded: { days: 3 } },
    );
    if (at < changes.length) expect(status).not.toHaveProperty('reminded');
  }
});

test('ENR-2: the clock lists what is due and not done, and nothing once the deadline has ended', async () => {
  const { deadlineAt, remind, at } = await cohort();
  const listed = async (now: number) =>
    (await startReminding(now)).filter((one) => one.deadlineAt === deadlineAt);
  await noteDeadline(deadlineAt);
  expect(await listed(at(15))).toEqual([]);
  expect(await listed(at(14))).toHaveLength(16);
  expect((await listed(at(14)))[0]).toEqual({ deadlineAt, part: 0, remindDays: 14 });
  await remind(0, 14)();
  expect((await listed(at(14) + later)).map(({ part }) => part)).not.toContain(0);
  expect((await listed(at(2))).every(({ remindDays }) => remindDays === 3)).toBe(true);
  expect(await listed(Date.parse(deadlineAt) + 1)).toEqual([]);
  expect(await remind(3 * day + 1)()).toMatchObject({ answer: 'late' });
});

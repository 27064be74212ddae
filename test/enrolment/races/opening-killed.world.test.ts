import './in-process.ts';
import { afterAll, expect, test } from 'vitest';
import { openShards } from '#functions/enrolment/job-open.ts';
import { loadWork } from '#functions/enrolment/work-store.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { world } from './in-process.ts';
import { deathsOf, killedAt } from './killed-at.ts';
import { plant } from './plant.ts';
import { standing } from './standing.ts';

const department = '06';
const day = 86_400_000;
/** Longer than a dead worker's lease. */
const later = 180_000;
const hasTime = () => true;

let cohorts = 0;

/** A transaction of one shard, and one that is filled from two; both shards of part 0. */
async function cohort() {
  const sentAt = Date.parse('2023-03-01T09:00:00Z') + cohorts++ * day;
  const people = [
    ...(await plant(53, { department, sentAt, shard: 5 })),
    ...(await plant(2, { department, sentAt, shard: 6 })),
  ];
  const deadlineAt = people[0]?.deadlineAt ?? '';
  const open = (late: number) => () => {
    const clock = () => Date.parse(deadlineAt) + 900_000 + late;
    return openShards({ deadlineAt, part: 0 }, { clock, hasTime });
  };
  return { people, deadlineAt, open };
}

afterAll(() => world.idle());

test('ENR-2: an opening killed at any of its calls and run again opens everybody once', async () => {
  const whole = await cohort();
  const deaths = await deathsOf(whole.open(0));
  // Lease, eight shards, two transactions, and the end of the work.
  expect(deaths.length).toBeGreaterThanOrEqual(12);
  await inLanes(deaths, 3, async (n) => {
    const { people, deadlineAt, open } = await cohort();
    expect(await killedAt(n, open(0)), `call ${n}`).toMatchObject({ died: true });
    const again = await open(later)();
    expect(again.answer, `call ${n}`).toBe('done');
    expect(again.counts.left).toBe(0);
    await inLanes(people, 8, async ({ holder }) => {
      const { status, told } = await standing(holder);
      expect(status.status, `call ${n}`).toBe('open');
      expect(told, `call ${n}`).toEqual(['import-insured', 'renew-code', 'open']);
    });
    const work = await loadWork({ kind: 'OPENING', of: deadlineAt }, Date.parse(deadlineAt));
    expect([...work.done], `call ${n}`).toEqual(['0']);
  });
}, 240_000);

test('another worker leaves the part alone while its holder may be alive', async () => {
  const { people, open } = await cohort();
  await killedAt(4, open(0));
  expect(await open(60_000)()).toMatchObject({ answer: 'busy', counts: { opened: 0 } });
  expect(await open(later)()).toMatchObject({ answer: 'done', counts: { opened: people.length } });
});

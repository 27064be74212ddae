import { expect, test } from 'vitest';
import { batchesOf, printed } from '#test/enrolment/letters/shop.ts';
import { dropPeople, journalOf, sendWave, someone, world } from '#test/enrolment/town.ts';

/** Less than any of these functions keeps for handing over. */
const almostNothingMs = 40_000;

async function callsOf(functionId: string, action: string): Promise<number> {
  const counts = await world.counts();
  return counts.find((one) => one.function === functionId && one.action === action)?.calls ?? 0;
}

const messagesSentBy = (functionId: string) => callsOf(functionId, 'sqs:SendMessage');

const cohort = (department: string, size: number) =>
  Array.from({ length: size }, () => someone(department));

test('a file that is not done in time is handed over, and each line counts once', async () => {
  await world.clearCounts();
  await world.shorten('enrolment-intake', almostNothingMs);
  const people = cohort('52', 250);
  expect(await dropPeople(people)).toMatchObject({ imported: 250, errors: 0, state: 'done' });
  expect(await messagesSentBy('enrolment-intake')).toBe(1);
});

test('a wave, and the opening after it, that are not done in time are handed over, and everybody is reached once', async () => {
  await dropPeople(cohort('55', 12));
  await world.clearCounts();
  await world.shorten('enrolment-sending', almostNothingMs, 2);
  await sendWave('wave-55', ['55']);
  const lastActs = async () =>
    [...(await journalOf('55')).values()].map((lines) => lines.map(({ action }) => action));
  expect(new Set((await lastActs()).map((acts) => acts.at(-1)))).toEqual(
    new Set(['enrolment/send-invitation']),
  );
  expect(await messagesSentBy('enrolment-sending')).toBeGreaterThan(0);

  await world.shorten('enrolment-opening', almostNothingMs, 8);
  // Contested until the last try, people are opened one by one.
  const action = 'dynamodb:TransactWriteItems';
  await world.plant({ caller: 'enrolment-opening', action, kind: 'conflict', times: 30 });
  await world.move('+44d');
  await world.clearFaults();
  expect(await callsOf('enrolment-opening', 'dynamodb:GetItem')).toBeGreaterThan(0);
  await world.shorten('enrolment-opening', almostNothingMs, 0);
  const acts = await lastActs();
  expect(acts).toHaveLength(12);
  for (const one of acts) expect(one.filter((act) => act === 'enrolment/open')).toHaveLength(1);
  expect(await messagesSentBy('enrolment-opening')).toBeGreaterThan(0);
});

test('letters that are not printed in time are handed over, and everybody is printed once', async () => {
  await dropPeople(cohort('56', 3).map((one) => ({ ...one, email: '' })));
  await sendWave('wave-56', ['56']);
  await world.clearCounts();
  await world.shorten('enrolment-letters', almostNothingMs);
  await printed('56');
  expect(await messagesSentBy('enrolment-letters')).toBe(1);
  expect(await batchesOf('56')).toMatchObject([{ state: 'ready', letters: 3 }]);
});

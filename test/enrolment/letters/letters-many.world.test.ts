import '../races/in-process.ts';
import { expect, test } from 'vitest';
import { loadMembers } from '#functions/enrolment/letter-store.ts';
import { loadStatuses } from '#functions/enrolment/people-store.ts';
import { deferToLetter } from '#functions/enrolment/send-invitation.ts';
import { loadProgress } from '#functions/enrolment/wave-store.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { world } from '../races/in-process.ts';
import { plant } from '../races/plant.ts';
import { batchesOf, manifestOf, printed, reportPosting, reportReturns } from './shop.ts';

const department = '23';

test('ENR-1: 520 letters are a batch of 500 and one of 20; 500 are posted, and 500 come back, in one report', async () => {
  const people = await plant(520, { department, email: '' });
  const now = Date.parse(await world.now());
  await inLanes(people, 8, async ({ holder }, lane) => {
    await deferToLetter({ holder, wave: 'many-23', lane: String(lane), clock: () => now });
  });
  await printed(department);
  const batches = await batchesOf(department);
  expect(batches.map(({ letters }) => letters)).toEqual([500, 20]);
  const members = await Promise.all(batches.map(({ batch }) => loadMembers(batch)));
  const printedTo = members.flat().map(({ holder }) => holder);
  expect(printedTo.sort()).toEqual(people.map(({ holder }) => holder).sort());
  const batch = batches[0]?.batch ?? '';
  const { pages } = await manifestOf(batch);
  expect(pages.map(({ page }) => page)).toEqual(Array.from({ length: 500 }, (_, at) => at + 1));
  const on = parisDay(Date.parse(await world.now()));
  for (let time = 0; time < 2; time++)
    expect((await reportPosting(batch, { postedOn: on })).status).toBe(202);
  await world.idle();
  const holders = (members[0] ?? []).map(({ holder }) => holder);
  const invited = [...(await loadStatuses(holders)).values()];
  expect(new Set(invited.map(({ status }) => status))).toEqual(new Set(['invited']));
  const [counted] = await loadProgress('many-23');
  expect(counted).toMatchObject({ deferred: 520, written: 500 });
  const returns = pages.map(({ reference }) => ({ reference, returnedOn: on, reason: 'moved' }));
  expect((await reportReturns(batch, returns)).status).toBe(202);
  await world.idle();
  const back = [...(await loadStatuses(holders)).values()];
  expect(back.every((one) => one.status === 'invited' && one.uninformed === 'returned')).toBe(true);
}, 240_000);

import './races/in-process.ts';
import { beforeAll, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { addDays, endOfDay, zoneOf } from '#shared/kernel/calendar.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { standing } from './races/standing.ts';
import { codeOf, dropPeople, oppose, parisTime, sendWave, someone, world } from './town.ts';

/** From the mainland to Saint-Martin, where a day ends five or six hours later. */
const [here, west] = ['50', '978'];
const [silent, clicks, calls] = [someone(here), someone(here), someone(here)];
/** Of whom the insurance body tells it in the night, between midnight in Paris and the opening, or after that. */
const [inTheNight, afterIt, stays] = [someone(here), someone(here), someone(here)];
const there = (row: InsuredRow): InsuredRow => ({ ...row, department: west });
let lastDay = '';
/** The end of the last day in Paris and there, ms. */
let paris = 0;
let local = 0;

const iso = (instant: number) => new Date(instant).toISOString();
async function stands({ nir }: InsuredRow) {
  const found = await findByNir(nirTag(await secretMade('lookup'), nir));
  return standing(found?.holder ?? '');
}
/** The last day, as each reminder tells it. */
async function reminders({ email }: InsuredRow): Promise<string[]> {
  const mails = await world.mails({ to: email });
  return mails.flatMap(({ text }) => / (\d+\S* \S+ \d{4}) inclus\. ?$/m.exec(text)?.[1] ?? []);
}
async function bring({ nir, birthDate }: InsuredRow, madeOn: string) {
  const checks = ['name', 'birth-date', 'address'];
  return world.request({
    ...{ method: 'POST', path: '/enrolment/agent-oppositions' },
    token: await world.token('conseiller'),
    body: { nir, birthDate, madeOn, checks, channel: 'phone' },
  });
}
const click = async (row: InsuredRow) => oppose(row, { code: await codeOf(row) });

beforeAll(async () => {
  await dropPeople([silent, clicks, calls, inTheNight, afterIt, stays]);
  lastDay = addDays(await sendWave('wave-50', [here]), 42);
  [paris, local] = [endOfDay(lastDay, 'Europe/Paris'), endOfDay(lastDay, zoneOf(west))];
});

test('ENR-2: who moves west has the end of his last day there; a reminder that he had is of that day', async () => {
  await world.move(parisTime(addDays(lastDay, -14), 8, 40));
  await world.idle();
  const [first] = await reminders(silent);
  expect(first).toContain(String(Number(lastDay.slice(8))));
  expect((await stands(silent)).status).toMatchObject({ deadlineAt: iso(paris) });
  expect(await dropPeople([silent, clicks, calls].map(there))).toMatchObject({ updated: 3 });
  for (const one of [silent, clicks, calls]) {
    const { status, told } = await stands(one);
    const [deadlineAt, reminded] = [iso(local), { of: iso(local), days: 14 }];
    expect(status).toMatchObject({ status: 'invited', department: west, deadlineAt, reminded });
    expect(told.slice(-2)).toEqual(['regroup-insured', 'update-insured']);
  }
  // The same file again, and the way back, take nothing away.
  expect(await dropPeople([silent].map(there))).toMatchObject({ unchanged: 1 });
  expect(await dropPeople([silent])).toMatchObject({ updated: 1 });
  expect((await stands(silent)).status).toMatchObject({ department: here, deadlineAt: iso(local) });
  expect(await dropPeople([silent].map(there))).toMatchObject({ updated: 1 });
  // Nobody is reminded twice of one day, and the last reminder comes as it does to all.
  await world.move(parisTime(addDays(lastDay, -14), 17, 40));
  await world.idle();
  expect(await reminders(silent)).toEqual([first]);
  await world.move(parisTime(addDays(lastDay, -3), 8, 40));
  await world.idle();
  for (const one of [silent, clicks, stays]) expect(await reminders(one)).toEqual([first, first]);
});

test('ENR-2: the opening that follows midnight in Paris leaves him alone, also whose row came after that midnight', async () => {
  await world.move(iso(paris + 1000));
  expect(await dropPeople([there(inTheNight)])).toMatchObject({ updated: 1 });
  expect((await stands(inTheNight)).status).toMatchObject({ deadlineAt: iso(local) });
  await world.move(parisTime(addDays(lastDay, 1), 0, 30));
  await world.idle();
  for (const one of [silent, clicks, calls, inTheNight])
    expect((await stands(one)).status.status).toBe('invited');
  for (const one of [afterIt, stays]) expect((await stands(one)).status.status).toBe('open');
  expect(await dropPeople([there(afterIt)])).toMatchObject({ updated: 1 });
  expect((await stands(afterIt)).status).toMatchObject({ status: 'open', deadlineAt: iso(paris) });
});

test('ENR-40: on the last evening there he objects, by the web as by phone; who lives in the Manche is too late', async () => {
  const evening = parisTime(addDays(lastDay, 1), 1, 30);
  await world.move(evening);
  for (const one of [clicks, inTheNight, afterIt]) expect((await click(one)).status).toBe(201);
  const instant = iso(Date.parse(evening) - 60_000);
  expect((await bring(calls, instant)).body).toMatchObject({ status: 'opposed', madeAt: instant });
  expect((await stands(afterIt)).told.slice(-2)).toEqual(['update-insured', 'oppose']);
  const refused = { status: 409, code: 'enrolment/deadline-passed', deadlineAt: iso(paris) };
  expect((await click(stays)).body).toMatchObject(refused);
  expect((await bring(stays, instant)).body).toMatchObject(refused);
});

test('ENR-2: who is silent until his midnight is opened after it, and is too late then', async () => {
  expect((await stands(silent)).status.status).toBe('invited');
  await world.move(parisTime(addDays(lastDay, 1), 6, 30));
  await world.idle();
  const { status, told } = await stands(silent);
  expect([status.status, told.at(-1)]).toEqual(['open', 'open']);
  const refused = { code: 'enrolment/deadline-passed', deadlineAt: iso(local) };
  expect((await click(silent)).body).toMatchObject(refused);
  expect((await bring(silent, iso(local + 1))).body).toMatchObject(refused);
  // As told on the day itself he is in time, and so is the day.
  expect((await bring(silent, iso(local))).body).toMatchObject({ madeAt: iso(local) });
});

import { beforeAll, expect, test } from 'vitest';
import { verifyChain } from '#shared/journal/verify.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import {
  codeOf,
  dropPeople,
  journalOf,
  oppose,
  parisTime,
  sendWave,
  someone,
  world,
} from './town.ts';

const [here, west] = ['25', '972'];
const silent = someone(here);
const objecting = someone(here);
const offline = someone(here, { email: '' });
const far = someone(west);
let lastDay = '';

/** What somebody was reminded of: the last day that each mail tells. */
async function reminders({ email }: { readonly email: string }): Promise<string[]> {
  const mails = await world.mails({ to: email });
  return mails.flatMap(({ text }) => / (\d+ \S+ \d{4}) inclus\. ?$/m.exec(text)?.[1] ?? []);
}
const actsOf = async (department: string) =>
  [...(await journalOf(department)).values()].map((lines) => {
    expect(verifyChain(lines)).toMatchObject({ ok: true });
    return lines.map(({ action }) => action.replace('enrolment/', ''));
  });

beforeAll(async () => {
  await dropPeople([silent, objecting, offline, far]);
  lastDay = addDays(await sendWave('wave-25', [here, west]), 42);
  expect((await oppose(objecting, { code: await codeOf(objecting) })).status).toBe(201);
});

test('ENR-2: who is silent is reminded of his deadline fourteen and three days before its end, by day', async () => {
  await world.move(parisTime(addDays(lastDay, -14), 8, 30));
  await world.idle();
  expect(await reminders(silent)).toHaveLength(0);
  await world.move('+10m');
  await world.idle();
  const [first] = await reminders(silent);
  expect(first).toContain(String(Number(lastDay.slice(8))));
  expect(await reminders(far)).toEqual([first]);
  await world.move(parisTime(addDays(lastDay, -4), 20, 0));
  await world.idle();
  expect(await reminders(silent)).toHaveLength(1);
  await world.move(parisTime(addDays(lastDay, -3), 8, 40));
  await world.idle();
  for (const one of [silent, far]) expect(await reminders(one)).toEqual([first, first]);
  // The hours after it find nothing more to do.
  await world.move(parisTime(addDays(lastDay, -3), 20, 0));
  await world.idle();
  expect(await reminders(silent)).toHaveLength(2);
});

test('ENR-2: nobody else is: neither who has decided nor who has no address', async () => {
  expect(await reminders(objecting)).toEqual([]);
  // Orders of letters have chains of their own.
  const acts = (await actsOf(here)).filter(([first]) => first === 'import-insured');
  expect(acts.filter((one) => one.includes('remind-deadline'))).toEqual([
    ['import-insured', 'send-invitation', 'remind-deadline', 'remind-deadline'],
  ]);
  expect(acts).toHaveLength(3);
});

test('ENR-2: who was reminded may still object in time, and is opened at the end if he is silent', async () => {
  expect((await oppose(far, { code: await codeOf(far) })).status).toBe(201);
  await world.move(parisTime(addDays(lastDay, 1), 0, 30));
  await world.idle();
  const acts = await actsOf(here);
  expect(acts.some((one) => one.join().endsWith('remind-deadline,open'))).toBe(true);
  expect((await actsOf(west)).flat()).toEqual([
    ...['import-insured', 'send-invitation', 'remind-deadline', 'remind-deadline', 'oppose'],
  ]);
});

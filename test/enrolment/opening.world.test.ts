import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { EnrolmentStatistics } from '#functions/statistics/schema.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { addDays, endOfDay, parisDay, zoneOf } from '#shared/kernel/calendar.ts';
import { codeOf, dropPeople, journalOf, oppose, sendWave, signIn, someone, world } from './town.ts';

const iso = (instant: number) => new Date(instant).toISOString();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const cohort = (department: string, size: number) =>
  Array.from({ length: size }, () => someone(department));

/** One wave for all tests of this file, so that 42 days pass once. */
const people = {
  '66': [...cohort('66', 30), someone('66', { email: '' })],
  '64': cohort('64', 6),
  '11': cohort('11', 1),
  '31': cohort('31', 120),
  '971': cohort('971', 20),
  '973': cohort('973', 20),
  '987': cohort('987', 20),
} as const;
type Place = keyof typeof people;
const places = Object.keys(people) as Place[];
const wave = 'wave-opening';
const who = (place: Place, at: number): InsuredRow => people[place][at] ?? someone(place);

/** The end of the time to object, in Paris. */
let deadline = 0;

async function countsOf(place: string) {
  await world.idle();
  const token = await signIn('campagne');
  const { body } = await world.request({ path: `/statistics/enrolment?wave=${wave}`, token });
  const [told] = EnrolmentStatistics.parse(body).waves;
  return told?.departments.find(({ department }) => department === place);
}

/** What the statistics should say, folded from the journal itself. */
async function folded(place: string) {
  const status: Record<string, number> = {
    ...{ known: 0, invited: 0, opposed: 0, open: 0, activated: 0 },
    ...{ closed: 0, 'deletion-requested': 0, deleting: 0, deleted: 0 },
    ...{ suspended: 0, deceased: 0 },
  };
  const chains = [...(await journalOf(place)).values()];
  for (const chain of chains) {
    expect(verifyChain(chain)).toMatchObject({ ok: true });
    // A letter or an order of letters has states of its own.
    const moves = chain.filter(
      ({ object, outcome }) => object.kind === 'record' && outcome === 'done',
    );
    const last = moves.findLast(({ object }) => object.to);
    if (moves.length === 0) continue;
    status[last?.object.to ?? ''] = (status[last?.object.to ?? ''] ?? 0) + 1;
  }
  const openings = chains.flat().filter(({ action }) => action === 'enrolment/open').length;
  return { status, openings };
}

const object = async (person: InsuredRow) => oppose(person, { code: await codeOf(person) });

describe('ENR-2: the opening at the deadline', () => {
  beforeAll(async () => {
    await dropPeople(Object.values(people).flat());
    const sentOn = await sendWave(wave, places);
    deadline = endOfDay(addDays(sentOn, 42), 'Europe/Paris');
    for (const at of [0, 1, 2, 3]) expect((await object(who('66', at))).status).toBe(201);
    const from = (n: number) => ({ code: '0000-0000-0000', from: `127.9.${n}.1` });
    for (let n = 0; n < 10; n++) await oppose(who('11', 0), from(n));
    await world.move(iso(deadline - hour));
  }, 240_000);

  test('an objection that came in the last second and is handled after the opening wins; one second later is refused', async () => {
    const [intime, late] = [who('64', 0), who('64', 1)];
    const codes = [await codeOf(intime), await codeOf(late)] as const;
    expect(await countsOf('64')).toMatchObject({ status: { invited: 6, open: 0 } });
    await world.hold('/enrolment/oppositions');
    // World time runs on: two seconds for the request to arrive.
    await world.move(iso(deadline - 2000));
    const first = oppose(intime, { code: codes[0], key: 'midnight' });
    await expect.poll(() => world.held()).toBe(1);
    await world.move(iso(deadline + 100));
    const second = oppose(late, { code: codes[1] });
    await expect.poll(() => world.held()).toBe(2);
    await world.weigh(true);
    await world.clearCounts();
    await world.move(iso(deadline + 20 * minute));
    expect(await countsOf('64')).toMatchObject({ status: { open: 6 } });
    const counts = await world.counts();
    await world.weigh(false);
    await world.release();
    expect((await first).status).toBe(201);
    expect((await second).body).toMatchObject({
      status: 409,
      code: 'enrolment/deadline-passed',
      deadlineAt: iso(deadline),
    });
    expect(await countsOf('64')).toMatchObject({
      status: { open: 5, opposed: 1, invited: 0 },
      acts: { reversed: 1, opened: 6 },
    });
    const again = await oppose(intime, { code: codes[0], key: 'midnight' });
    expect([again.status, again.text]).toEqual([201, (await first).text]);
    // 26 of 66, 6 of 64 and 120 of 31 were opened by this run.
    const sum = (key: 'writeUnits' | 'readUnits') =>
      counts
        .filter((one) => one.function === 'enrolment-opening')
        .reduce((total, one) => total + one[key], 0) / 152;
    console.log(`opening: ${sum('writeUnits')} write, ${sum('readUnits')} read units a person`);
    expect(sum('writeUnits')).toBeGreaterThan(0);
    expect(sum('writeUnits')).toBeLessThanOrEqual(7.1);
    expect(sum('readUnits')).toBeLessThanOrEqual(2);
  });

  test('who did not object is open, who did is not, and the counts agree with the journal', async () => {
    expect(await countsOf('31')).toMatchObject({ status: { invited: 0, open: 120 } });
    const told = await countsOf('66');
    expect(told).toMatchObject({
      status: { known: 1, invited: 0, opposed: 4, open: 26 },
      acts: { invited: 30, deferred: 1, opposed: 4, opened: 26, reversed: 0 },
    });
    expect(told?.status).toEqual((await folded('66')).status);
    expect((await object(who('66', 5))).body).toMatchObject({ code: 'enrolment/deadline-passed' });
  });

  test('R1111-28: everybody whose record was opened is told so, once, and nobody else', async () => {
    const opening = 'Mon espace santé : votre espace est ouvert';
    const told = async (person: InsuredRow) =>
      (await world.mails({ to: person.email })).filter(({ subject }) => subject === opening).length;
    const opened = await Promise.all(people['31'].map(told));
    expect(new Set(opened)).toEqual(new Set([1]));
    const [objected, others] = [people['66'].slice(0, 4), people['66'].slice(4, 30)];
    expect(await Promise.all(objected.map(told))).toEqual(objected.map(() => 0));
    expect(await Promise.all(others.map(told))).toEqual(others.map(() => 1));
  });

  test.each([
    ['973', 'conflict'],
    ['971', 'lost-ack'],
    ['987', 'kill'],
  ] as const)(
    'in %s it waits for midnight there, and opens everybody once although a write is hit by: %s',
    async (place, kind) => {
      // Their midnight, whatever the season in Paris.
      const midnight = endOfDay(parisDay(deadline), zoneOf(place));
      await world.move(iso(midnight - 10 * minute));
      expect((await object(who(place, 0))).status).toBe(201);
      expect(await countsOf(place)).toMatchObject({ status: { invited: 19, open: 0 } });
      const action = 'dynamodb:TransactWriteItems';
      await world.plant({ caller: 'enrolment-opening', action, kind, nth: 2 });
      // A killed run is taken up again when its message shows once more, or by the next run.
      await world.move(iso(midnight + (kind === 'kill' ? 6 * hour : 20 * minute)));
      expect((await countsOf(place))?.status).toEqual({
        known: 0,
        invited: 0,
        opposed: 1,
        open: 19,
        ...{ activated: 0, closed: 0, 'deletion-requested': 0, deleting: 0, deleted: 0 },
        ...{ suspended: 0, deceased: 0 },
      });
      expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
      await world.clearFaults();
      expect(await folded(place)).toMatchObject({ status: { open: 19, opposed: 1 }, openings: 19 });
    },
  );

  test('waits for a person whose code was burnt, until the new code’s own 42 days are over', async () => {
    expect(await countsOf('11')).toMatchObject({
      status: { invited: 1, open: 0 },
      acts: { frozen: 1 },
    });
    const { nir, cardSerial, birthDate } = who('11', 0);
    const body = { nir, cardSerial, birthDate };
    await world.request({ method: 'POST', path: '/enrolment/codes', body });
    await world.idle();
    const now = Date.parse(await world.now());
    await world.move(iso(now + 42 * day));
    expect(await countsOf('11')).toMatchObject({ status: { open: 0 }, acts: { renewed: 1 } });
    await world.move(iso(now + 43 * day));
    expect(await countsOf('11')).toMatchObject({ status: { invited: 0, open: 1 } });
  });
});

describe('the statistics', () => {
  test('are for those who run the campaign or answer for it: a cell of one tells of a person', async () => {
    const path = '/statistics/enrolment';
    expect((await world.request({ path })).status).toBe(401);
    expect((await world.request({ path, token: await signIn('camille') })).status).toBe(403);
    for (const one of ['campagne', 'superviseur'])
      expect((await world.request({ path, token: await signIn(one) })).status).toBe(200);
    for (const one of ['conseiller', 'accueil', 'imprimerie', 'etat-civil'])
      for (const exact of [path, `${path}/groups?by=cohort`, `${path}/days?department=11`]) {
        const { body } = await world.request({ path: exact, token: await signIn(one) });
        expect(body, `${one} ${exact}`).toMatchObject({
          ...{ status: 403, code: 'statistics/role-required' },
        });
      }
  });

  test('count once even when their own write is hit by a lost answer', async () => {
    const action = 'dynamodb:TransactWriteItems';
    await world.plant({ caller: 'statistics-stream', action, kind: 'lost-ack', nth: 1 });
    await dropPeople(Array.from({ length: 25 }, () => someone('2B')));
    await sendWave('wave-2b', ['2B']);
    await world.idle();
    await world.clearFaults();
    const path = '/statistics/enrolment?wave=wave-2b';
    const { body } = await world.request({ path, token: await signIn('campagne') });
    expect(body).toMatchObject({
      waves: [
        { wave: 'wave-2b', departments: [{ status: { invited: 25 }, acts: { invited: 25 } }] },
      ],
    });
  });
});

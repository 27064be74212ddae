import '#test/notices/in-process.ts';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openShard } from '#functions/enrolment/open-shard.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import {
  AgentClosure,
  type WaitingClosure,
  WaitingClosures,
} from '#functions/enrolment/schema-agent-closure.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { activate, tokenOf } from './activating.ts';
import { deathsOf, killedAt } from './races/killed-at.ts';
import { due } from './races/leaving.ts';
import { type Planted, plant } from './races/plant.ts';
import { standing } from './races/standing.ts';
import { signIn, someone, world } from './town.ts';

const department = '75';
const dayMs = 86_400_000;
const shard = 41;
const path = '/enrolment/agent-closures';
const lapsedMail = 'Mon espace santé : votre espace n’a pas été fermé';

let open: Planted[] = [];
let own: (Planted & { readonly row: InsuredRow; readonly subject: string })[] = [];
const take = <T>(list: T[]): T => {
  const found = list.shift();
  if (!found) throw new Error('nobody');
  return found;
};
type One = Pick<Planted, 'nir' | 'birthDate' | 'holder'>;

async function ask({ nir, birthDate }: One, change: object = {}, as = 'conseiller') {
  const madeOn = parisDay(Date.parse(await world.now()));
  const checks = ['name', 'birth-date', 'address'];
  const body = { nir, birthDate, channel: 'phone', madeOn, checks, deletion: false, ...change };
  const answer = await world.request({ method: 'POST', path, body, token: await signIn(as) });
  return AgentClosure.parse(answer.body);
}
async function call({ nir, birthDate }: One, wish: string, change: object = {}) {
  const checks = ['known-number', 'name', 'birth-date'];
  return world.request({
    ...{ method: 'POST', path: `${path}/confirmation`, token: await signIn('accueil') },
    body: {
      nir,
      birthDate,
      wish,
      deletion: false,
      channel: 'phone',
      checks,
      agrees: true,
      ...change,
    },
  });
}
const list = async (query: string, as = 'accueil') =>
  world.request({ path: `${path}?${query}`, token: await signIn(as) });
/** All that wait, page by page. */
async function all(query = `department=${department}`, as = 'accueil') {
  const found: WaitingClosure[] = [];
  for (let cursor = ''; ; ) {
    const { closures, next } = WaitingClosures.parse((await list(`${query}${cursor}`, as)).body);
    found.push(...closures);
    if (next === undefined) return found;
    cursor = `&cursor=${next}`;
  }
}
const wishes = async () => (await all()).map(({ wish }) => wish);
const told = async ({ holder }: One) => (await standing(holder)).told;
const subjects = async (to: string) => (await world.mails({ to })).map(({ subject }) => subject);

beforeAll(async () => {
  await world.idle();
  const now = Date.parse(await world.now());
  open = await plant(18, { department, shard, sentAt: now - 61 * dayMs });
  await openShard({ deadlineAt: open[0]?.deadlineAt ?? '', shard, now });
  const people = await plant(3, { department, sentAt: now - 10 * dayMs });
  own = await Promise.all(
    people.map(async (planted, place) => {
      const row = { ...someone(department), ...planted };
      const subject = `test-75-${place}`;
      const token = await tokenOf(subject);
      const answer = await activate(row, { code: planted.code, token });
      if (answer.status !== 200) throw new Error(answer.text);
      return { ...planted, row, subject };
    }),
  );
}, 240_000);

afterEach(() => world.clearFaults());

describe('ENR-42, ENR-43: which wishes wait for a call-back', () => {
  test('agents read, soonest term first, whose own they are, and nothing of the person', async () => {
    const [one, two, three] = [take(open), take(open), take(own)];
    const madeBefore = await ask(one, { reference: 'appel-31' });
    await world.move('+1d');
    const later = [
      await ask(two, { deletion: true }, 'accueil'),
      await ask(three, { channel: 'post', checks: ['name', 'birth-date', 'signature'] }),
    ];
    const found = await all();
    expect(found).toHaveLength(3);
    expect(found[0]).toEqual({
      ...{ wish: madeBefore.wish, department, channel: 'phone', madeAt: expect.any(String) },
      ...{ until: madeBefore.until, deletion: false, reference: 'appel-31', own: false },
    });
    const placeOf = ({ until = '', wish }: AgentClosure) => `${until}#${wish}`;
    expect(found.slice(1).map(({ until, wish }) => `${until}#${wish}`)).toEqual(
      later.map(placeOf).toSorted(),
    );
    const isOwn = async (as: string) =>
      Object.fromEntries((await all(undefined, as)).map(({ wish, own }) => [wish, own]));
    const [first, second, third] = [madeBefore, ...later].map((each) => each?.wish ?? '');
    expect(await isOwn('conseiller')).toEqual({
      [`${first}`]: true,
      [`${second}`]: false,
      [`${third}`]: true,
    });
    expect(await isOwn('accueil')).toEqual({
      [`${first}`]: false,
      [`${second}`]: true,
      [`${third}`]: false,
    });
    expect(Object.values(await isOwn('superviseur'))).toEqual([false, false, false]);
    // Page by page it is the same, of one département as of all.
    expect(await all(`department=${department}&limit=1`)).toEqual(found);
    const country = await all('limit=2');
    expect(country.filter((each) => each.department === department)).toEqual(found);
    expect(country.map(({ until }) => until)).toEqual(country.map(({ until }) => until).toSorted());
    expect(await all('department=90')).toEqual([]);
    const text = (await list(`department=${department}&limit=2`)).text;
    for (const secret of [one, two, three].flatMap(({ holder, nir, email }) => [
      holder,
      nir,
      email,
    ])) {
      expect(text).not.toContain(secret);
      const { next = '' } = WaitingClosures.parse(JSON.parse(text));
      expect(Buffer.from(next, 'base64url').toString()).not.toContain(secret);
    }
    for (const [wish, person, change] of [
      [first, one, {}],
      [second, two, { agrees: false, deletion: true }],
      [third, three, { agrees: false }],
    ] as const)
      expect((await call(person, wish ?? '', change)).status).toBe(200);
    expect(await all()).toEqual([]);
  });

  test('not who runs the campaign, nor keeps deaths, nor a holder', async () => {
    for (const as of ['campagne', 'imprimerie', 'etat-civil'])
      expect((await list('', as)).body).toMatchObject({ code: 'enrolment/role-required' });
    expect((await world.request({ path, token: await tokenOf('test-75-0') })).status).toBe(403);
    expect((await list('department=1')).status).toBe(400);
    expect((await list('limit=51')).status).toBe(400);
  });

  test('what its holder ends by himself, or a desk at once, is listed no more', async () => {
    const [one, two, three] = [take(own), take(own), take(open)];
    for (const each of [one, two, three]) await ask(each);
    expect(await wishes()).toHaveLength(3);
    const post = async (to: string, { subject }: { subject: string }, body: object) =>
      world.request({ method: 'POST', path: to, token: await tokenOf(subject), body });
    expect((await post(`${path}/stop`, one, { confirm: true })).status).toBe(200);
    expect(await wishes()).toHaveLength(2);
    const fresh = { confirm: true, deletion: false };
    expect((await post('/enrolment/closure', two, fresh)).status).toBe(200);
    expect(await wishes()).toHaveLength(1);
    const checks = ['identity-paper', 'holder-present'];
    expect(await ask(three, { channel: 'desk', checks }, 'accueil')).toMatchObject({
      status: 'closed',
    });
    expect(await wishes()).toEqual([]);
  });
});

describe('ENR-42, ENR-43: a wish of which nobody was called back in its term', () => {
  test('is noted by the clock once, whose holder is told; the wish may be taken down anew', async () => {
    const one = take(open);
    const { wish, until = '' } = await ask(one);
    await world.move('+1d');
    const two = take(open);
    const later = await ask(two);
    await world.move(new Date(Date.parse(until) - 3_600_000).toISOString());
    expect(await wishes()).toEqual([wish, later.wish]);
    // Over, and not yet noted: what a page leaves out the next ones fill.
    await world.move(until);
    expect((await told(one)).at(-1)).toBe('ask-closure');
    expect(await wishes()).toEqual([later.wish]);
    expect((await all(`department=${department}&limit=1`)).map((each) => each.wish)).toEqual([
      later.wish,
    ]);
    await world.move('+5h');
    await world.idle();
    expect(await wishes()).toEqual([later.wish]);
    expect((await told(one)).slice(-2)).toEqual(['ask-closure', 'lapse-closure']);
    const { status, lines } = await standing(one.holder);
    expect(status).toMatchObject({
      status: 'open',
      agentClosing: { reference: wish, state: 'lapsed' },
    });
    expect(lines.at(-1)).toMatchObject({
      ...{ actor: { kind: 'system', id: 'deletion' }, channel: 'clock', visible: 'holder' },
    });
    expect((await subjects(one.email)).filter((each) => each === lapsedMail)).toHaveLength(1);
    expect((await call(one, wish)).body).toMatchObject({ code: 'enrolment/unknown-closure-wish' });
    expect((await call(two, later.wish, { agrees: false })).status).toBe(200);
    await world.move('+1d');
    await world.idle();
    expect((await told(one)).filter((act) => act === 'lapse-closure')).toHaveLength(1);
    const anew = await ask(one);
    expect(anew).toMatchObject({ status: 'waiting' });
    expect(await wishes()).toEqual([anew.wish]);
    expect((await call(one, anew.wish)).body).toMatchObject({ status: 'closed' });
    expect(await wishes()).toEqual([]);
  });

  test('whose write’s acknowledgement is lost has one effect', async () => {
    const one = take(open);
    const { until = '' } = await ask(one);
    await world.plant({
      ...{ caller: 'enrolment-deletion', action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
      if: { contains: '"enrolment/lapse-closure"' },
    });
    await world.move(new Date(Date.parse(until) + dayMs).toISOString());
    await world.idle();
    expect((await world.faults()).map((fault) => fault.fired)).toEqual([1]);
    expect((await told(one)).slice(-2)).toEqual(['ask-closure', 'lapse-closure']);
    expect((await subjects(one.email)).filter((each) => each === lapsedMail)).toHaveLength(1);
  });

  test('killed at any of its calls and done again has one effect', async () => {
    const first = take(open);
    const { until = '' } = await ask(first);
    const deaths = await deathsOf(() => due(first.holder, Date.parse(until)));
    expect(deaths.length).toBeGreaterThanOrEqual(2);
    const people: (Planted & { readonly at: number })[] = [];
    for (const _ of deaths) {
      const each = take(open);
      people.push({ ...each, at: Date.parse((await ask(each)).until ?? '') });
    }
    await inLanes(deaths, 2, async (n) => {
      const { holder, at } = take(people.slice(n - 1));
      expect(await killedAt(n, () => due(holder, at)), `call ${n}`).toMatchObject({ died: true });
      await due(holder, at);
      const { told: acts } = await standing(holder);
      expect(acts.slice(-2), `call ${n}`).toEqual(['ask-closure', 'lapse-closure']);
    });
    // Of a call-back and the clock at once one has an effect.
    const last = take(open);
    const waits = await ask(last);
    const over = Date.parse(waits.until ?? '');
    const [answer, done] = await Promise.all([call(last, waits.wish), due(last.holder, over)]);
    const acts = (await told(last)).filter((act) => ['close', 'lapse-closure'].includes(act));
    expect(acts).toEqual([answer.status === 200 ? 'close' : 'lapse-closure']);
    expect(done.includes('lapsed')).toBe(answer.status !== 200);
  });
});

import './in-process.ts';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { noticeOf } from '#functions/notices/rules.ts';
import { Letters, Notice, Notices } from '#functions/notices/schema.ts';
import { addDays, parisDay } from '#shared/kernel/calendar.ts';
import { newId } from '#shared/random.ts';
import { address, holderWith, lineFor } from './holders.ts';
import { world } from './in-process.ts';

const codesOf = (list: { notices: readonly Notice[] }) => list.notices.map(({ code }) => code);
afterEach(() => world.clearFaults());

describe('the notices of a holder', () => {
  // An account of this test's own: a ready one may be linked to another record by now.
  const subject = `notices-${newId()}`;
  let own: { holder: string };
  let stranger: { holder: string };
  const at = (day: number) => `2022-02-0${day}T09:00:00.000Z`;

  beforeAll(async () => {
    own = await holderWith({ status: 'activated', email: address(), linkedTo: subject });
    stranger = await holderWith({ email: address() });
    await lineFor(own.holder, 'enrolment/open', { at: at(1) });
    await lineFor(own.holder, 'enrolment/activate', { at: at(2) });
    for (const day of [3, 4, 5]) await lineFor(own.holder, undefined, { at: at(day) });
    await lineFor(own.holder, undefined, { visible: 'operator', at: at(6) });
    await lineFor(own.holder, undefined, { visible: 'minor-secret', at: at(6) });
    await lineFor(own.holder, undefined, { outcome: 'refused', at: at(6) });
    await lineFor(own.holder, undefined, { actor: { kind: 'holder', id: own.holder }, at: at(6) });
    await lineFor(stranger.holder, undefined, { at: at(7) });
    await world.idle();
  });

  const tokenOf = (person: string) =>
    person === 'own' ? world.token('ines', { subject }) : world.token(person);
  const get = async (path: string, person = 'own') =>
    world.request({ path, token: await tokenOf(person) });
  const post = async (path: string, person = 'own') =>
    world.request({ method: 'POST', path, token: await tokenOf(person) });

  test('are listed newest first, in pages; what he may not know of is not among them', async () => {
    const whole = Notices.parse((await get('/notices')).body);
    // The record was activated when the opening came to be told: nobody was told of it any more.
    expect(codesOf(whole)).toEqual([...Array(3).fill('AJOUT_DOCUMENT'), 'ACTIVATION']);
    expect(whole.notices.map((one) => one.at)).toEqual([5, 4, 3, 2].map(at));
    const first = Notices.parse((await get('/notices?limit=3')).body);
    const rest = Notices.parse((await get(`/notices?limit=3&cursor=${first.next}`)).body);
    expect([...first.notices, ...rest.notices]).toEqual(whole.notices);
    expect(rest.next).toBeUndefined();
  });

  test('are marked as read once: a repeat, or a lost answer, keeps the first instant', async () => {
    const [newest] = Notices.parse((await get('/notices')).body).notices;
    const path = `/notices/${newest?.notice}/read`;
    const action = 'dynamodb:UpdateItem';
    await world.plant({ caller: 'notices-api', action, kind: 'lost-ack' });
    const answer = await post(path);
    expect(answer.status).toBe(200);
    const { readAt } = Notice.parse(answer.body);
    expect(readAt).toBeDefined();
    await world.move('+1m');
    expect(Notice.parse((await post(path)).body).readAt).toBe(readAt);
    const { notices } = Notices.parse((await get('/notices')).body);
    expect(notices.map((one) => one.readAt)).toEqual([readAt, undefined, undefined, undefined]);
  });

  test('are nobody else’s: another’s notice is as unknown as one that never was', async () => {
    const line = await lineFor(stranger.holder);
    await world.idle();
    const of = (notice: string) => post(`/notices/${notice}/read`);
    const [theirs, nobodys] = [await of(noticeOf(line)), await of('20220207T090000123Z-03-99')];
    expect([theirs.status, theirs.body]).toEqual([404, nobodys.body]);
    expect(theirs.body).toMatchObject({ code: 'notices/unknown-notice' });
    expect((await of('x')).status).toBe(400);
  });

  test.each([
    ['nobody', undefined, 401],
    ['an agent', 'campagne', 403],
    ['a professional', 'docteur', 403],
    ['an establishment', 'laboratoire', 403],
    ['a citizen without a record', 'yanis', 403],
  ])('%s gets none', async (_, person, status) => {
    // An account of this test's own: others make the ready people holders.
    const wish = person === 'yanis' ? { subject: 'without-a-record' } : {};
    const token = person === undefined ? {} : { token: await world.token(person, wish) };
    expect((await world.request({ path: '/notices', ...token })).status).toBe(status);
    const path = '/notices/20220207T090000123Z-03-99/read';
    expect((await world.request({ method: 'POST', path, ...token })).status).toBe(status);
  });

  test.each(['x', Buffer.from('NOTICE').toString('base64url'), '%20'])(
    'a cursor that is none (%s) is refused',
    async (cursor) => {
      expect((await get(`/notices?cursor=${cursor}`)).status).toBe(400);
    },
  );
});

describe('the letters of a day', () => {
  const get = async (query: string, person = 'campagne') =>
    world.request({ path: `/notices/letters?${query}`, token: await world.token(person) });
  const dueOn = async () => addDays(parisDay(Date.parse(await world.now())), 7);

  test('are one a holder, with what it has to tell and why; counted, in pages, and nobody named', async () => {
    // A day of its own.
    await world.move('+1d');
    const refused = address('refus.invalid');
    const [offline, unreachable] = [
      await holderWith({ email: '' }),
      await holderWith({ email: refused }),
    ];
    const lines = [
      await lineFor(offline.holder, 'enrolment/open'),
      await lineFor(offline.holder),
      await lineFor(offline.holder),
      await lineFor(unreachable.holder),
    ];
    await world.idle();
    const day = await dueOn();
    const told = Letters.parse((await get(`day=${day}`)).body);
    expect(told).toMatchObject({ day, count: 2 });
    expect(told.letters).toHaveLength(2);
    expect(told.letters).toContainEqual({
      ...{ holder: offline.holder, codes: ['AJOUT_DOCUMENT', 'OUVERTURE'] },
      ...{ notices: lines.slice(0, 3).map(noticeOf).sort(), reasons: ['no-address'] },
    });
    expect(told.letters).toContainEqual({
      ...{ holder: unreachable.holder, codes: ['AJOUT_DOCUMENT'] },
      ...{ notices: lines.slice(3).map(noticeOf), reasons: ['undeliverable'] },
    });
    expect(JSON.stringify(told)).not.toMatch(/DURAND|Odette|@|\d{13}/);
    const first = Letters.parse((await get(`day=${day}&limit=1`)).body);
    const rest = Letters.parse((await get(`day=${day}&limit=1&cursor=${first.next}`)).body);
    expect([...first.letters, ...rest.letters]).toEqual(told.letters);
    expect([first.count, rest.count]).toEqual([2, undefined]);
  });

  test('of a day without any are none', async () => {
    const { body } = await get('day=2021-01-01');
    expect(body).toEqual({ day: '2021-01-01', count: 0, letters: [] });
  });

  test('are for agents of the campaign only, and for a real day', async () => {
    const day = await dueOn();
    expect((await world.request({ path: `/notices/letters?day=${day}` })).status).toBe(401);
    expect((await get(`day=${day}`, 'ines')).status).toBe(403);
    expect((await get(`day=${day}`, 'conseiller')).body).toMatchObject({
      code: 'notices/role-required',
    });
    expect((await get('day=2022-02-30')).status).toBe(400);
    expect((await get('')).status).toBe(400);
    const cursor = Buffer.from(`${newId()}x`).toString('base64url');
    expect((await get(`day=${day}&cursor=${cursor}`)).status).toBe(400);
  });
});

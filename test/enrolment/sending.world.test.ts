import { describe, expect, test } from 'vitest';
import { verifyChain } from '#shared/journal/verify.ts';
import { frenchDay, objectionDay } from '#shared/kernel/calendar.ts';
import {
  codesOf,
  dropPeople,
  journalOf,
  parisTime,
  sendWave,
  signIn,
  someone,
  world,
} from './town.ts';

const agent = async () => ({ token: await signIn('campagne') });
const put = async (wave: string, body: unknown, person = 'campagne') =>
  world.request({
    method: 'PUT',
    path: `/enrolment/waves/${wave}`,
    body,
    token: await signIn(person),
  });

describe('a wave', () => {
  test('invites by mail, leaves people without address to a letter, and tells how many', async () => {
    const people = Array.from({ length: 12 }, () => someone('65'));
    const offline = Array.from({ length: 3 }, () => someone('65', { email: '' }));
    await dropPeople([...people, ...offline]);
    const sentOn = await sendWave('wave-65', ['65']);
    const { body } = await world.request({ path: '/enrolment/waves/wave-65', ...(await agent()) });
    expect(body).toMatchObject({
      progress: [{ department: '65', invited: 12, deferred: 3 }],
    });
    const until = frenchDay(objectionDay(Date.parse(`${sentOn}T08:00:00Z`), 42));
    const codes = new Set<string>();
    for (const person of people) {
      const mails = await world.mails({ to: person.email });
      expect(mails).toHaveLength(1);
      expect(mails[0]?.text).toContain(`Bonjour Odette DURAND,`);
      expect(mails[0]?.text).toContain(`jusqu’au ${until} inclus`);
      expect(mails[0]?.html).toContain('<html lang="fr">');
      expect((mails[0]?.subject ?? '') + (mails[0]?.text ?? '')).not.toContain(person.nir);
      for (const code of await codesOf(person)) codes.add(code);
    }
    expect(codes.size).toBe(12);
    const chains = [...(await journalOf('65')).values()];
    for (const chain of chains) expect(verifyChain(chain)).toMatchObject({ ok: true });
    const last = chains.map((chain) => chain.at(-1)?.action).sort();
    expect(last.filter((one) => one === 'enrolment/send-invitation')).toHaveLength(12);
    expect(last.filter((one) => one === 'enrolment/defer-to-letter')).toHaveLength(3);
  });

  test('takes those along who are imported while it is sent, and is complete once nobody is left', async () => {
    await dropPeople([someone('32')]);
    const sentOn = await sendWave('wave-32', ['32']);
    const [late, offline] = [someone('32'), someone('32', { email: '' })];
    await dropPeople([late, offline]);
    const read = async () =>
      (await world.request({ path: '/enrolment/waves/wave-32', ...(await agent()) })).body;
    await world.move(parisTime(sentOn, 10, 20));
    expect(await read()).toMatchObject({ state: 'sending' });
    await world.move(parisTime(sentOn, 11, 20));
    expect(await read()).toMatchObject({
      state: 'sent',
      progress: [{ department: '32', invited: 2, deferred: 1 }],
    });
    expect(await world.mails({ to: late.email })).toHaveLength(1);
    const later = someone('32');
    await dropPeople([later]);
    await world.move(parisTime(sentOn, 17, 10));
    expect(await world.mails({ to: later.email })).toEqual([]);
    await sendWave('wave-32-b', ['32']);
    expect(await world.mails({ to: later.email })).toHaveLength(1);
  });

  test.each(['lost-ack', 'reset', 'throttle'] as const)(
    'mails everybody, at most one of them twice, when the mail service is hit by: %s',
    async (kind) => {
      const department = { 'lost-ack': '81', reset: '82', throttle: '83' }[kind];
      const people = Array.from({ length: 6 }, () => someone(department));
      await dropPeople(people);
      await world.plant({ caller: 'enrolment-sending', action: 'ses:SendEmail', kind, nth: 3 });
      await sendWave(`wave-${department}`, [department]);
      const fired = await world.faults();
      await world.clearFaults();
      expect(fired.map((one) => one.fired)).toEqual([1]);
      const mails = await Promise.all(people.map((person) => world.mails({ to: person.email })));
      const numbers = mails.map((some) => some.length);
      expect(Math.min(...numbers)).toBe(1);
      expect(numbers.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(7);
      for (const person of people) expect(new Set(await codesOf(person)).size).toBe(1);
    },
  );

  test.each(['lost-ack', 'conflict'] as const)(
    'invites everybody exactly once when a transaction is hit by: %s',
    async (kind) => {
      const department = { 'lost-ack': '10', conflict: '16' }[kind];
      const people = Array.from({ length: 6 }, () => someone(department));
      await dropPeople(people);
      await world.plant({
        caller: 'enrolment-sending',
        action: 'dynamodb:TransactWriteItems',
        kind,
        nth: 2,
        times: 3,
      });
      await sendWave(`wave-${department}`, [department]);
      expect((await world.faults()).map((one) => one.fired)).toEqual([3]);
      await world.clearFaults();
      const path = `/enrolment/waves/wave-${department}`;
      const { body } = await world.request({ path, ...(await agent()) });
      expect(body).toMatchObject({ progress: [{ department, invited: 6, deferred: 0 }] });
      const lines = [...(await journalOf(department)).values()].flat();
      expect(lines.filter(({ action }) => action === 'enrolment/send-invitation')).toHaveLength(6);
    },
  );

  test('killed between mail and table, goes on and sends the same code', async () => {
    const people = Array.from({ length: 5 }, () => someone('40'));
    await dropPeople(people);
    await world.plant({
      caller: 'enrolment-sending',
      action: 'dynamodb:TransactWriteItems',
      kind: 'kill',
      nth: 1,
    });
    const sentOn = await sendWave('wave-40', ['40']);
    expect((await world.faults()).map((one) => one.fired)).toEqual([1]);
    await world.clearFaults();
    await world.move(parisTime(sentOn, 19, 0));
    await world.idle();
    for (const person of people) expect(new Set(await codesOf(person)).size).toBe(1);
    const { body } = await world.request({ path: '/enrolment/waves/wave-40', ...(await agent()) });
    expect(body).toMatchObject({ progress: [{ invited: 5 }] });
  });
});

describe('planning a wave', () => {
  const tomorrow = async () =>
    new Date(Date.parse(await world.now()) + 5 * 86_400_000).toISOString().slice(0, 10);

  test('twice the same is the same; a change is taken until sending begins', async () => {
    const sendOn = await tomorrow();
    const first = await put('wave-plan', { sendOn, departments: ['53', '72'] });
    expect(first.status).toBe(200);
    expect((await put('wave-plan', { sendOn, departments: ['72', '53'] })).body).toEqual(
      first.body,
    );
    const changed = await put('wave-plan', { sendOn, departments: ['53'] });
    expect(changed.body).toMatchObject({ departments: ['53'], state: 'planned' });
    const listed = await world.request({ path: '/enrolment/waves?limit=1', ...(await agent()) });
    expect(listed.body).toMatchObject({ waves: [expect.anything()], next: expect.any(String) });
    const { next } = JSON.parse(listed.text);
    const second = await world.request({
      path: `/enrolment/waves?cursor=${next}`,
      ...(await agent()),
    });
    expect(second.text).toContain('wave-plan');
  });

  test('of several for one département that come at once one is taken', async () => {
    const sendOn = await tomorrow();
    // All have read before one has written.
    const held = { caller: 'enrolment-campaign', action: 'dynamodb:TransactWriteItems' };
    await world.plant({ ...held, kind: 'delay', delayMs: 1500, times: 3 });
    const answers = await Promise.all(
      ['13', '34', '38'].map((one) => put(`wave-${one}`, { sendOn, departments: [one, '59'] })),
    );
    await world.clearFaults();
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test('is refused for yesterday, for a wave that began, and for who has not the role', async () => {
    const past = await put('wave-past', { sendOn: '2022-01-01', departments: ['53'] });
    expect(past.body).toMatchObject({ status: 409, code: 'enrolment/wave-in-the-past' });
    const begun = await put('wave-65', { sendOn: await tomorrow(), departments: ['65'] });
    expect(begun.body).toMatchObject({ status: 409, code: 'enrolment/wave-begun' });
    const taken = await put('wave-taken', { sendOn: await tomorrow(), departments: ['53', '95'] });
    expect(taken.body).toMatchObject({ status: 409, code: 'enrolment/department-in-wave' });
    const role = await put(
      'wave-role',
      { sendOn: await tomorrow(), departments: ['53'] },
      'conseiller',
    );
    expect(role.body).toMatchObject({ status: 403, code: 'enrolment/role-required' });
    const kind = await put(
      'wave-role',
      { sendOn: await tomorrow(), departments: ['53'] },
      'docteur',
    );
    expect(kind.status).toBe(403);
  });

  test.each([
    [{ sendOn: '2030-02-30', departments: ['53'] }, 'sendOn', 'no-such-day'],
    [{ sendOn: '2030-02-01', departments: [] }, 'departments', 'too-small'],
    [{ sendOn: '2030-02-01', departments: ['20'] }, 'departments.0', 'not-allowed'],
    [{ sendOn: '2030-02-01', departments: ['53', '53'] }, 'departments', 'repeated'],
    [{ departments: ['53'] }, 'sendOn', 'required'],
  ])('names what is wrong (%#)', async (body, field, code) => {
    const answer = await put('wave-bad', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ field, code }] });
  });

  test('an unknown wave is a 404', async () => {
    const answer = await world.request({ path: '/enrolment/waves/nowhere', ...(await agent()) });
    expect(answer.body).toMatchObject({ status: 404, code: 'enrolment/unknown-wave' });
  });
});

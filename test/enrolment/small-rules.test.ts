import { describe, expect, test } from 'vitest';
import { dueOf, dueOfCode } from '#functions/enrolment/due.ts';
import { deadlineTold } from '#functions/enrolment/rules/deadline-runs.ts';
import { mayRequestCode, wishOf } from '#functions/enrolment/rules/may-request-code.ts';
import { isSamePlan, mayPlan } from '#functions/enrolment/rules/plan-wave.ts';
import { Status } from '#functions/enrolment/stored.ts';
import { networkPrefix } from '#shared/kernel/network.ts';
import { code, person } from './builders.ts';

describe('ENR-12: who gets a new code', () => {
  const limits = { softPerHour: 5, resendSeconds: 30 };
  const asked = {
    status: person.invited,
    code: code(),
    claimFits: true,
    cardFits: true,
    birthFits: true,
    asked: 0,
    by: 'mail' as const,
    receivedAt: Date.parse('2022-02-07T09:00:30.000Z'),
  };
  const may = (change: object) => mayRequestCode({ ...asked, ...change }, limits);

  test('whoever gave NIR, card and birth date, 30 seconds after the last code', () => {
    expect(may({})).toBe('yes');
    expect(may({ receivedAt: asked.receivedAt - 1 })).toBe('too-soon');
  });

  test('30 seconds also lie between two wishes', () => {
    const wished = code({}, { requestedAt: '2022-02-07T10:00:00.000Z' });
    expect(may({ code: wished, receivedAt: Date.parse('2022-02-07T10:00:29.999Z') })).toBe(
      'too-soon',
    );
    expect(may({ code: wished, receivedAt: Date.parse('2022-02-07T10:00:30.000Z') })).toBe('yes');
  });

  test('a person whose code was burnt, or who was not informed yet', () => {
    expect(may({ status: person.frozen })).toBe('yes');
    expect(may({ status: person.known, code: undefined })).toBe('yes');
  });

  test('by text message whom something informed before: it is no information itself', () => {
    expect(may({ by: 'sms' })).toBe('yes');
    expect(may({ by: 'sms', status: { ...person.invited, informBy: 'letter' } })).toBe('yes');
    expect(may({ by: 'sms', status: person.open })).toBe('yes');
    expect(may({ by: 'sms', status: person.known, code: undefined })).toBe('not-informed');
    expect(may({ by: 'sms', status: person.bounced })).toBe('not-informed');
  });

  test('no deadline begins by a text message: whose code is burnt, or who is blocked, is informed anew first', () => {
    const blocked = { ...person.invited, blocked: true };
    for (const status of [person.frozen, person.bounced, blocked]) {
      expect(may({ by: 'sms', status })).toBe('not-informed');
      expect(may({ by: 'letter', status })).toBe('yes');
    }
  });

  test('30 seconds lie between two wishes whatever way they ask for, and the last way counts', () => {
    const { status, code: none } = { status: person.invited, code: undefined };
    const receivedAt = asked.receivedAt;
    const bySms = wishOf({ status, code: none, by: 'sms', seq: 7, receivedAt });
    expect(bySms).toMatchObject({ requested: 7, requestedBy: 'sms' });
    for (const by of ['mail', 'sms', 'letter'])
      expect(may({ by, code: bySms, receivedAt: receivedAt + 29_999 })).toBe('too-soon');
    const byMail = wishOf({ status, code: bySms, by: 'mail', seq: 8, receivedAt });
    expect(byMail).not.toHaveProperty('requestedBy');
  });

  test('by letter also whom no mail reaches, and whose last letter was posted', () => {
    const letter = { batch: 'b', reference: 'r', postedOn: '2022-02-07' };
    expect(may({ by: 'letter', status: { ...person.bounced, letter } })).toBe('yes');
  });

  test.each(['open', 'opposed', 'activated', 'closed', 'leaving'] as const)(
    'ENR-41: a person whose record is %s, to activate or to link another account',
    (status) => {
      expect(may({ status: person[status] })).toBe('yes');
    },
  );

  test.each([
    [{ cardFits: false }, 'card-mismatch'],
    [{ birthFits: false }, 'birth-mismatch'],
    [{ asked: 5 }, 'too-many-wishes'],
    [{ status: { ...person.invited, informBy: 'letter' } }, 'no-address'],
    [{ by: 'letter', code: code({}, { letterFor: '12' }) }, 'letter-under-way'],
    [
      { by: 'letter', status: { ...person.invited, letter: { batch: 'b', reference: 'r' } } },
      'letter-under-way',
    ],
  ])('nobody else (%#)', (change, reason) => {
    expect(may(change)).toBe(reason);
  });
});

describe('networks', () => {
  test.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s belongs to %s', (address, network) => {
    expect(networkPrefix(address)).toBe(network);
  });
});

describe('waves', () => {
  const plan = { sendOn: '2022-02-07', departments: ['12', '11'] };
  const on = (today: string) => ({ today, others: [] });

  test('a plan is the same in any order of its départements', () => {
    expect(isSamePlan(plan, { ...plan, departments: ['11', '12'], state: 'planned' })).toBe(true);
    expect(isSamePlan(plan, { ...plan, departments: ['11'], state: 'planned' })).toBe(false);
    expect(isSamePlan(plan, { ...plan, sendOn: '2022-02-08', state: 'planned' })).toBe(false);
  });

  test('today may be planned, yesterday not', () => {
    expect(mayPlan(plan, undefined, on('2022-02-07'))).toBe('yes');
    expect(mayPlan(plan, undefined, on('2022-02-08'))).toBe('wave-in-the-past');
  });

  test('a département stands in one wave at a time, until that is complete', () => {
    const other = { sendOn: '2022-03-07', departments: ['30', '11'] };
    const beside = (state: 'planned' | 'sending' | 'sent') =>
      mayPlan(plan, undefined, { today: '2022-02-07', others: [{ ...other, state }] });
    expect(beside('planned')).toBe('department-in-wave');
    expect(beside('sending')).toBe('department-in-wave');
    expect(beside('sent')).toBe('yes');
  });

  test.each(['sending', 'sent'] as const)('a wave that is %s stays as it is', (state) => {
    expect(mayPlan(plan, { ...plan, state }, on('2022-01-01'))).toBe('wave-begun');
    expect(mayPlan(plan, { ...plan, state: 'planned' }, on('2022-01-01'))).toBe('yes');
  });

  test('ENR-1 paused before it began it may be planned anew; paused later it has begun, stopped it is ended', () => {
    const begunAt = '2022-02-07T08:00:00.000Z';
    const may = (stands: { state: 'paused' | 'stopped'; begunAt?: string }, today = '2022-01-01') =>
      mayPlan(plan, { ...plan, ...stands }, on(today));
    expect(may({ state: 'paused' })).toBe('yes');
    expect(may({ state: 'paused' }, '2022-02-08')).toBe('wave-in-the-past');
    expect(may({ state: 'paused', begunAt })).toBe('wave-begun');
    expect(may({ state: 'stopped', begunAt })).toBe('wave-begun');
    expect(may({ state: 'stopped' })).toBe('wave-ended');
  });
});

describe('what is due for a person', () => {
  const { wave: _wave, ...newcomer } = person.known;

  test('not informed: by mail or by letter in a wave of the département', () => {
    expect(dueOf(newcomer)?.duePk).toMatch(/^INVITE#12#0\d\d$/);
    expect(dueOf({ ...newcomer, informBy: 'letter' })?.duePk).toMatch(/^LETTER#12#0\d\d$/);
  });

  test('left to a letter by a wave, or bounced: the letter, until it is in print', () => {
    const letter = { batch: 'b', reference: 'r' };
    for (const one of [{ ...person.known, informBy: 'letter' as const }, person.bounced]) {
      expect(dueOf(one)?.duePk).toMatch(/^PRINT#12#0\d\d$/);
      expect(dueOf({ ...one, letter })).toBeUndefined();
    }
    expect(dueOf({ ...person.bounced, uninformed: 'readdressed' })?.duePk).toMatch(/^PRINT#/);
    expect(dueOf({ ...person.bounced, uninformed: 'returned' })).toBeUndefined();
  });

  test('asked for by letter: the letter as well, under the code, wherever the person stands', () => {
    const wished = dueOfCode(code({}, { letterFor: '75' }));
    expect(wished?.duePk).toMatch(/^WISH#00[0-3]$/);
    expect(wished?.dueSk).toBe(`75#${person.known.holder}`);
    expect(dueOfCode(code())).toBeUndefined();
  });

  test('invited: the opening at the deadline, unless the code was burnt', () => {
    expect(dueOf(person.invited)?.duePk).toMatch(/^DUE#2022-03-21T22:59:59\.999Z#\d{3}$/);
    expect(dueOf(person.frozen)).toBeUndefined();
  });

  test('decided: nothing', () => {
    expect(dueOf(person.opposed)).toBeUndefined();
    expect(dueOf(person.open)).toBeUndefined();
  });
});

describe('ENR-14: the deadline that a refusal names', () => {
  test.each(['invited', 'open'] as const)('is told of who is %s', (word) => {
    const { deadlineAt } = person[word];
    expect(deadlineTold(person[word])).toEqual({ deadlineAt });
  });

  test.each([
    ['whose code was burnt', person.frozen],
    ['whom a mail did not reach', person.bounced],
    ['whose opening is blocked', { ...person.invited, blocked: true as const }],
    ['who was never informed', person.known],
    ['whom nobody knows', undefined],
  ])('is not told of one %s: none runs', (_, status) => {
    expect(deadlineTold(status && Status.parse(status))).toEqual({});
  });
});

import { describe, expect, test } from 'vitest';
import {
  isToBeReminded,
  ReminderDays,
  reminderDue,
} from '#functions/enrolment/rules/reminder-due.ts';
import { objectionDeadline } from '#shared/kernel/calendar.ts';
import { person } from './builders.ts';

const at = Date.parse;
/** The end of 21 March in Paris. */
const deadline = at('2022-03-21T22:59:59.999Z');
const due = (now: string, days: readonly number[] = [14, 3]) =>
  reminderDue(deadline, days, at(now));

describe('ENR-2: when a deadline is reminded of', () => {
  test.each([
    ['the last moment of the day before', '2022-03-06T22:59:59.999Z', undefined],
    ['midnight in Paris, fourteen days before the last day', '2022-03-06T23:00:00.000Z', 14],
    ['the day before the second reminder', '2022-03-17T22:59:59.999Z', 14],
    ['midnight in Paris, three days before the last day', '2022-03-17T23:00:00.000Z', 3],
    ['the very end of the deadline', '2022-03-21T22:59:59.999Z', 3],
    ['a millisecond after it', '2022-03-21T23:00:00.000Z', undefined],
  ])('%s', (_, now, days) => {
    expect(due(now)).toBe(days);
  });

  test('in whatever order the days are set, one for all that were missed; none, nobody', () => {
    expect(due('2022-03-20T10:00:00.000Z', [3, 14])).toBe(3);
    expect(due('2022-03-10T10:00:00.000Z', [3, 14])).toBe(14);
    expect(due('2022-03-20T10:00:00.000Z', [])).toBeUndefined();
  });

  test.each([
    ['12', '2022-02-07T09:05:00.000Z'],
    ['972', '2022-02-07T09:05:00.000Z'],
    ['987', '2022-02-07T09:05:00.000Z'],
    // Sent in winter, ends in summer.
    ['12', '2022-02-25T09:05:00.000Z'],
    ['987', '2022-02-25T09:05:00.000Z'],
    ['988', '2022-02-25T09:05:00.000Z'],
  ])(
    'in département %s counts the days of the place where the deadline ends, sent %s',
    (department, sent) => {
      const end = objectionDeadline({ sentAt: at(sent), days: 42, department });
      // Forty-two days after the day of sending is the last one.
      const first = at(`${sent.slice(0, 10)}T00:00:00Z`) + (42 - 14) * 86_400_000;
      const noon = 12 * 3_600_000;
      expect(reminderDue(end, [14, 3], first - noon)).toBeUndefined();
      expect(reminderDue(end, [14, 3], first + noon)).toBe(14);
      expect(reminderDue(end, [14, 3], first + 11 * 86_400_000 + noon)).toBe(3);
    },
  );

  test('the days are days before the end of six weeks', () => {
    expect(ReminderDays.safeParse([14, 3]).success).toBe(true);
    expect(ReminderDays.safeParse([42]).success).toBe(false);
    expect(ReminderDays.safeParse([0]).success).toBe(false);
  });
});

const deadlineAt = '2022-03-21T22:59:59.999Z';
const invited = person.invited;
const asked = { deadlineAt, days: 3, now: at('2022-03-18T08:35:00Z'), goesByText: true };

describe('ENR-2: who is reminded', () => {
  test('who was informed by mail and is silent', () => {
    expect(isToBeReminded(invited, asked)).toBe(true);
    expect(isToBeReminded({ ...invited, reminded: { of: deadlineAt, days: 14 } }, asked)).toBe(
      true,
    );
    const other = '2022-02-01T22:59:59.999Z';
    expect(isToBeReminded({ ...invited, reminded: { of: other, days: 3 } }, asked)).toBe(true);
  });

  test('who was informed by letter, by a text message where his number is known', () => {
    const texted = { ...invited, informBy: 'letter', byText: true } as const;
    expect(isToBeReminded(texted, asked)).toBe(true);
    expect(isToBeReminded(texted, { ...asked, goesByText: false })).toBe(false);
    expect(isToBeReminded({ ...texted, informBy: 'mail' }, { ...asked, goesByText: false })).toBe(
      true,
    );
  });

  test.each([
    ['has a postal address only', { informBy: 'letter' }],
    ['has no deadline that runs: burnt', { frozen: true }],
    ['has no deadline that runs: bounced', { uninformed: 'bounced' }],
    ['is blocked', { blocked: true }],
    ['has another deadline by now', { deadlineAt: '2022-04-01T21:59:59.999Z' }],
    ['was reminded of it so many days before', { reminded: { of: deadlineAt, days: 3 } }],
    ['was reminded of it later', { reminded: { of: deadlineAt, days: 1 } }],
  ] as const)('not who %s', (_, change) => {
    expect(isToBeReminded({ ...invited, ...change }, asked)).toBe(false);
  });

  test('nobody once it has ended', () => {
    expect(isToBeReminded(invited, { ...asked, now: at(deadlineAt) })).toBe(true);
    expect(isToBeReminded(invited, { ...asked, now: at(deadlineAt) + 1 })).toBe(false);
  });
});

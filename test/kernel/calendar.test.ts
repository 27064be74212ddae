import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayIn,
  dayOfDeadline,
  endOfDay,
  frenchDay,
  isRealDay,
  objectionDay,
  objectionDeadline,
  parisDay,
  zoneOf,
} from '#shared/kernel/calendar.ts';

/** Days on which the clocks change, written by hand from the published tables; Intl has no part in it. */
const paris: Readonly<Record<number, readonly [string, string]>> = {
  2022: ['03-27', '10-30'],
  2023: ['03-26', '10-29'],
  2024: ['03-31', '10-27'],
  2025: ['03-30', '10-26'],
  2026: ['03-29', '10-25'],
  2027: ['03-28', '10-31'],
  2028: ['03-26', '10-29'],
  2029: ['03-25', '10-28'],
  2030: ['03-31', '10-27'],
  2031: ['03-30', '10-26'],
  2032: ['03-28', '10-31'],
  2033: ['03-27', '10-30'],
  2034: ['03-26', '10-29'],
  2035: ['03-25', '10-28'],
  2036: ['03-30', '10-26'],
};
const miquelon: typeof paris = {
  2022: ['03-13', '11-06'],
  2023: ['03-12', '11-05'],
  2024: ['03-10', '11-03'],
  2025: ['03-09', '11-02'],
  2026: ['03-08', '11-01'],
  2027: ['03-14', '11-07'],
  2028: ['03-12', '11-05'],
  2029: ['03-11', '11-04'],
  2030: ['03-10', '11-03'],
  2031: ['03-09', '11-02'],
  2032: ['03-14', '11-07'],
  2033: ['03-13', '11-06'],
  2034: ['03-12', '11-05'],
  2035: ['03-11', '11-04'],
  2036: ['03-09', '11-02'],
};
const fixedHours: Readonly<Record<string, number>> = {
  '971': -4,
  '972': -4,
  '973': -3,
  '974': 4,
  '976': 3,
  '977': -4,
  '978': -4,
  '986': 12,
  '987': -10,
  '988': 11,
};

const hour = 3_600_000;
const day = 24 * hour;
const utc = (text: string): number => Date.parse(text);

/** Hours ahead of UTC at the end of a civil day, by the tables. */
function hoursAtEnd(civil: string, department: string): number {
  const fixed = fixedHours[department];
  if (fixed !== undefined) return fixed;
  const isMiquelon = department === '975';
  const [spring = '', autumn = ''] =
    (isMiquelon ? miquelon : paris)[Number(civil.slice(0, 4))] ?? [];
  // The change is in the small hours, so the day of the change already ends in the new time.
  const summer = civil.slice(5) >= spring && civil.slice(5) < autumn;
  return (isMiquelon ? -3 : 1) + (summer ? 1 : 0);
}

const endBy = (civil: string, department: string): number =>
  utc(`${civil}T00:00:00Z`) + day - hoursAtEnd(civil, department) * hour - 1;

const plus42 = (civil: string): string =>
  new Date(utc(`${civil}T00:00:00Z`) + 42 * day).toISOString().slice(0, 10);

describe('ENR-2: the time to object', () => {
  test.each([
    ['2022-02-07T09:00:00Z', '2022-03-21T22:59:59.999Z', 'winter'],
    ['2022-02-13T09:00:00Z', '2022-03-27T21:59:59.999Z', 'ends on a day of 23 hours'],
    ['2022-02-13T22:59:59.999Z', '2022-03-27T21:59:59.999Z', 'just before midnight in Paris'],
    ['2022-02-13T23:00:00Z', '2022-03-28T21:59:59.999Z', 'midnight in Paris begins the next day'],
    ['2022-09-18T08:00:00Z', '2022-10-30T22:59:59.999Z', 'ends on a day of 25 hours'],
    ['2022-07-31T21:59:59.999Z', '2022-09-11T21:59:59.999Z', 'just before midnight in summer'],
    ['2022-07-31T22:00:00Z', '2022-09-12T21:59:59.999Z', 'midnight in summer'],
    ['2024-01-18T23:30:00Z', '2024-03-01T22:59:59.999Z', 'over a 29 February'],
  ])('sent %s: until %s (%s)', (sent, until) => {
    const deadline = objectionDeadline({ sentAt: utc(sent), department: '12', days: 42 });
    expect(new Date(deadline).toISOString()).toBe(until);
  });

  test.each([
    ['971', '2022-03-22T03:59:59.999Z'],
    ['972', '2022-03-22T03:59:59.999Z'],
    ['973', '2022-03-22T02:59:59.999Z'],
    ['975', '2022-03-22T01:59:59.999Z'],
    ['987', '2022-03-22T09:59:59.999Z'],
  ])('west of Paris, in %s, it lasts until midnight there', (department, until) => {
    const deadline = objectionDeadline({
      sentAt: utc('2022-02-07T09:00:00Z'),
      department,
      days: 42,
    });
    expect(new Date(deadline).toISOString()).toBe(until);
  });

  test.each(['974', '976', '986', '988', '2A', '75'])(
    'east of Paris or in France, in %s, it lasts until midnight in Paris',
    (department) => {
      const sentAt = utc('2022-02-07T09:00:00Z');
      const deadline = objectionDeadline({ sentAt, department, days: 42 });
      expect(new Date(deadline).toISOString()).toBe('2022-03-21T22:59:59.999Z');
    },
  );

  test.each(['75', '975', ...Object.keys(fixedHours)])(
    'every sending day of 2022 to 2035 at three hours, for people of %s, agrees with the tables',
    (department) => {
      const wrong: string[] = [];
      for (let at = utc('2022-01-01T00:00:00Z'); at < utc('2036-01-01T00:00:00Z'); at += day) {
        const civil = new Date(at).toISOString().slice(0, 10);
        const last = plus42(civil);
        const expected = Math.max(endBy(last, '75'), endBy(last, department));
        // First and last millisecond of the day in Paris, and noon.
        const first = endBy(addDays(civil, -1), '75') + 1;
        for (const sentAt of [first, at + 12 * hour, endBy(civil, '75')])
          if (objectionDeadline({ sentAt, department, days: 42 }) !== expected)
            wrong.push(`${new Date(sentAt).toISOString()} ${department}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  test.each(['75', '975', ...Object.keys(fixedHours)])(
    'ENR-2: the day told again for a running deadline is the day first told, in %s',
    (department) => {
      for (
        let sentAt = utc('2022-01-01T00:30:00Z');
        sentAt < utc('2023-01-01T00:00:00Z');
        sentAt += 37 * hour
      ) {
        const deadline = objectionDeadline({ sentAt, department, days: 42 });
        expect(dayOfDeadline(deadline)).toBe(objectionDay(sentAt, 42));
      }
    },
  );

  test('the day named in the mail is the Paris day of sending and 42 days', () => {
    expect(objectionDay(utc('2022-02-13T22:59:59.999Z'), 42)).toBe('2022-03-27');
    expect(objectionDay(utc('2022-02-13T23:00:00.000Z'), 42)).toBe('2022-03-28');
  });
});

describe('civil days', () => {
  test('a day in Paris begins at midnight there, winter and summer', () => {
    expect(parisDay(utc('2022-03-26T22:59:59.999Z'))).toBe('2022-03-26');
    expect(parisDay(utc('2022-03-26T23:00:00Z'))).toBe('2022-03-27');
    expect(parisDay(utc('2022-03-27T21:59:59.999Z'))).toBe('2022-03-27');
    expect(parisDay(utc('2022-03-27T22:00:00Z'))).toBe('2022-03-28');
  });

  test('it is another day in Nouméa and Tahiti', () => {
    const at = utc('2022-06-01T12:00:00Z');
    expect(dayIn(at, zoneOf('988'))).toBe('2022-06-01');
    expect(dayIn(at + 2 * hour, zoneOf('988'))).toBe('2022-06-02');
    expect(dayIn(utc('2022-06-01T09:00:00Z'), zoneOf('987'))).toBe('2022-05-31');
  });

  test('a day of 23 hours and one of 25 end where they should', () => {
    const length = (civil: string) =>
      endOfDay(civil, 'Europe/Paris') - endOfDay(addDays(civil, -1), 'Europe/Paris');
    expect(length('2022-03-27') / hour).toBe(23);
    expect(length('2022-10-30') / hour).toBe(25);
    expect(length('2022-03-28') / hour).toBe(24);
  });

  test.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2022-04-31', false],
    ['2022-00-10', false],
    ['2022-13-01', false],
    ['2022-1-01', false],
    ['2022-01-01T00:00', false],
    ['', false],
  ])('%s is a day of the calendar: %s', (text, real) => {
    expect(isRealDay(text)).toBe(real);
  });

  test('days are told in French words', () => {
    expect(frenchDay('2022-03-21')).toBe('lundi 21 mars 2022');
    expect(frenchDay('2022-05-01')).toBe('dimanche 1er mai 2022');
    expect(frenchDay('2024-02-29')).toBe('jeudi 29 février 2024');
  });
});

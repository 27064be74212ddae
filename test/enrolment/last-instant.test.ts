import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueOf } from '#functions/enrolment/due.ts';
import { deadlineFollows } from '#functions/enrolment/rules/deadline-follows.ts';
import { deadlineTold } from '#functions/enrolment/rules/deadline-runs.ts';
import { judgeBrought } from '#functions/enrolment/rules/judge-brought-objection.ts';
import { judge } from '#functions/enrolment/rules/judge-objection.ts';
import { isExpired, lastInstant } from '#functions/enrolment/rules/last-instant.ts';
import { isToBeReminded } from '#functions/enrolment/rules/reminder-due.ts';
import type { Invited, Status } from '#functions/enrolment/stored.ts';
import { dayOfDeadline, objectionDeadline } from '#shared/kernel/calendar.ts';
import { current, person } from './builders.ts';

const at = Date.parse;
const iso = (instant: number) => new Date(instant).toISOString();
const msBefore = (instant: string) => iso(at(instant) - 1);
const msAfter = (instant: string) => iso(at(instant) + 1);

/** Invited on 21 July 2027 in the Meurthe-et-Moselle: "jusqu'au mercredi 1er septembre 2027 inclus". */
const informedAt = '2027-07-21T09:00:00.000Z';
const told = '2027-09-01T21:59:59.999Z';
/** When that day ends for the people of a département, and never before it does in Paris. */
const ends = {
  '54': told,
  '971': '2027-09-02T03:59:59.999Z',
  '974': told,
  '987': '2027-09-02T09:59:59.999Z',
  '988': told,
} as const;
const places = ['54', '971', '974', '987', '988'] as const;
type Place = (typeof places)[number];

const invitedIn = (department: string, deadlineAt: string = told): Invited => ({
  ...person.invited,
  ...{ department, informedAt, deadlineAt },
});
const follows = (status: Status, now: string) => deadlineFollows(status, at(now));

describe('ENR-2: the last instant of a day that was told', () => {
  test.each(places)('for who was invited in 54 and lives in %s', (place) => {
    expect(lastInstant(told, place)).toBe(ends[place]);
    // A right that was given is not taken back by another move.
    for (const next of places)
      expect(lastInstant(ends[place], next)).toBe(
        ends[place] > ends[next] ? ends[place] : ends[next],
      );
  });

  test('is, of any sending and any two places, the later of both deadlines; without a move, the deadline', () => {
    const place = fc.constantFrom('75', '971', '973', '974', '975', '977', '986', '987', '988');
    const sent = fc.integer({ min: at('2022-01-01T00:00:00Z'), max: at('2035-12-31T00:00:00Z') });
    fc.assert(
      fc.property(sent, place, place, (sentAt, one, other) => {
        const [from, to] = [one, other].map((department) =>
          objectionDeadline({ sentAt, department, days: 42 }),
        );
        expect(lastInstant(iso(from ?? 0), one)).toBe(iso(from ?? 0));
        expect(lastInstant(iso(from ?? 0), other)).toBe(iso(Math.max(from ?? 0, to ?? 0)));
        expect(dayOfDeadline(from ?? 0)).toBe(dayOfDeadline(to ?? 0));
      }),
      { numRuns: 300 },
    );
  });

  test('a code that was told as good until that day is so, too', () => {
    const code = { ...current, validUntil: told };
    for (const place of places) {
      const lives = { department: place };
      expect(isExpired(code, lives, ends[place])).toBe(false);
      expect(isExpired(code, lives, msAfter(ends[place]))).toBe(true);
    }
  });
});

describe('ENR-2: the deadline of who moves', () => {
  const [paris, antilles] = [told, ends['971']];

  test('ends with the same day further west; reminder and information stay', () => {
    const status: Invited = { ...invitedIn('971'), reminded: { of: paris, days: 14 } };
    expect(follows(status, '2027-08-20T12:00:00.000Z')).toEqual({
      ...status,
      deadlineAt: antilles,
      reminded: { of: antilles, days: 14 },
    });
    const other = { of: '2027-01-01T22:59:59.999Z', days: 3 };
    expect(follows({ ...status, reminded: other }, informedAt)).toMatchObject({ reminded: other });
  });

  test.each(['54', '974', '988'])('stays where he moves to %s, east of it or no further', (to) => {
    for (const deadlineAt of [paris, antilles, ends['987']]) {
      const status = invitedIn(to, deadlineAt);
      expect(follows(status, informedAt)).toBe(status);
    }
    // From Polynesia to the Antilles, too.
    expect(follows(invitedIn('971', ends['987']), informedAt)).toMatchObject({
      deadlineAt: ends['987'],
    });
  });

  test('is longer also when it is over in Paris, up to the last instant there; then nothing follows', () => {
    const status = invitedIn('971');
    for (const now of [paris, msAfter(paris), msBefore(antilles), antilles])
      expect(follows(status, now)).toMatchObject({ deadlineAt: antilles });
    expect(follows(status, msAfter(antilles))).toBe(status);
  });

  test('is in the index of openings and of reminders from then on; he is not reminded again of what he was', () => {
    const status: Invited = { ...invitedIn('971'), reminded: { of: paris, days: 14 } };
    const moved = follows(status, '2027-08-20T12:00:00.000Z');
    expect(dueOf(status)?.duePk).toContain(`DUE#${paris}#`);
    expect(dueOf(moved)?.duePk).toContain(`DUE#${antilles}#`);
    const now = at('2027-08-29T10:00:00.000Z');
    const reminds = (deadlineAt: string, days: number) =>
      moved.status === 'invited' &&
      isToBeReminded(moved, { deadlineAt, days, now, goesByText: false });
    expect([14, 3].map((days) => reminds(antilles, days))).toEqual([false, true]);
    expect([14, 3].map((days) => reminds(paris, days))).toEqual([false, false]);
  });

  test('MIN-5: of a child by its own row; one that ends on the birthday then opens nothing', () => {
    const child = { tag: 'T', attachedTo: 'g1', adultOn: '2027-09-02' };
    const status: Invited = { ...invitedIn('971'), child };
    expect(dueOf(status)?.duePk).toContain(`DUE#${paris}#`);
    const moved = follows(status, informedAt);
    expect(moved).toMatchObject({ deadlineAt: antilles });
    expect(dueOf(moved)?.duePk).toContain('ERASE#');
    const later = follows({ ...status, child: { ...child, adultOn: '2027-09-03' } }, informedAt);
    expect(dueOf(later)?.duePk).toContain(`DUE#${antilles}#`);
  });

  test('of whom none runs, or who is not invited, nothing changes', () => {
    const { invited } = person;
    const none: Status[] = [
      { ...invitedIn('971'), frozen: true },
      { ...invitedIn('971'), blocked: true },
      { ...invitedIn('971'), uninformed: 'bounced' },
      ...Object.values(person).filter((one): one is typeof one => one !== invited),
    ];
    for (const status of none.map((one): Status => ({ ...one, department: '971' })))
      expect(follows(status, informedAt)).toBe(status);
  });
});

describe('ENR-40: web, instant told by phone and day told by phone agree', () => {
  const late = '2027-09-20T09:00:00.000Z';
  const limits = { softPerHour: 5, hard: 10 };
  const web = (status: Status, receivedAt: string) =>
    judge(
      {
        ...{ status, receivedAt, code: { ...current, sentAt: informedAt, validUntil: told } },
        ...{ claimFits: true, cardFits: true, codeFits: true, repeats: false },
        ...{ softFailures: 0, ownHardFailures: 0 },
      },
      limits,
    );
  const phone = (status: Status, madeOn: string, receivedAt = late) =>
    judgeBrought({
      ...{ status, madeOn, receivedAt: at(receivedAt), importedAt: at('2027-07-01T09:00:00.000Z') },
      ...{ birthFits: true, cardFits: true },
    });
  const no = { is: 'told', reason: 'deadline-passed' };

  /** Moved in time, so that the deadline followed; and opened in Paris' night before anybody said where he lives. */
  const cases = (place: Place): Status[] => {
    const open = { ...person.open, department: place, informedAt, deadlineAt: told };
    return [invitedIn(place, ends[place]), invitedIn(place), open];
  };

  test.each(places)('on both sides of both midnights, for who was moved to %s', (place) => {
    const end = ends[place];
    for (const status of cases(place)) {
      for (const instant of [msBefore(told), told, msBefore(end), end]) {
        expect(web(status, instant), instant).toEqual({ is: 'object' });
        for (const receivedAt of [instant, late])
          expect(phone(status, instant, receivedAt)).toEqual({ is: 'object', madeAt: instant });
        // The agent who takes the call at that instant and writes the day of where the person lives.
        const today = '2027-09-01';
        expect(phone(status, today, instant)).toMatchObject({ is: 'object' });
        expect(phone(status, today)).toMatchObject({ is: 'object' });
      }
      expect(web(status, msAfter(end))).toEqual(no);
      for (const receivedAt of [msAfter(end), late])
        expect(phone(status, msAfter(end), receivedAt)).toEqual(no);
      expect(phone(status, '2027-09-02')).toEqual(no);
      expect(deadlineTold(status)).toEqual({ deadlineAt: end });
    }
  });

  test('just after midnight in Paris it is too late where the day ended there, and not further west', () => {
    const verdicts = (place: Place) =>
      cases(place).flatMap((status) => [
        web(status, msAfter(told)).is,
        phone(status, msAfter(told), msAfter(told)).is,
      ]);
    for (const place of ['54', '974', '988'] as const)
      expect(new Set(verdicts(place))).toEqual(new Set(['told']));
    for (const place of ['971', '987'] as const)
      expect(new Set(verdicts(place))).toEqual(new Set(['object']));
  });
});

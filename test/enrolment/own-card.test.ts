import { describe, expect, test } from 'vitest';
import { actOf } from '#functions/enrolment/rules/judge-activation.ts';
import { recognise } from '#functions/enrolment/rules/judge-attempt.ts';
import { mayRequestCode, wishOf } from '#functions/enrolment/rules/may-request-code.ts';
import { birthDaysOf, hasAge, mayHaveAccount } from '#functions/enrolment/rules/own-card.ts';
import { addYears, parisBounds } from '#shared/kernel/calendar.ts';
import { code, current, person } from './builders.ts';

const child = { tag: 't', attachedTo: 'parent', adultOn: '2024-05-12' };

describe('MIN-4: the age for a card of one’s own', () => {
  test.each([
    ['2008-05-12', '2024-05-12'],
    ['2008-02-29', '2024-02-29'],
    ['2008-03-01', '2024-03-01'],
    ['2008-02-28', '2024-02-28'],
  ])('who was born on %s has it from midnight in Paris, the %s', (born, day) => {
    const { begin } = parisBounds(day);
    expect(hasAge(born, 16, begin - 1)).toBe(false);
    expect(hasAge(born, 16, begin)).toBe(true);
  });

  test('of a 29th of February, in a year without one, it is the 1st of March', () => {
    const { begin } = parisBounds('2025-03-01');
    expect(hasAge('2008-02-29', 17, begin - 1)).toBe(false);
    expect(hasAge('2008-02-29', 17, begin)).toBe(true);
  });

  test('the birthday is found by the day of majority; two days lead to a 1st of March', () => {
    for (const born of ['2008-02-29', '2008-03-01', '2008-02-28', '2007-03-01', '2008-12-31'])
      expect(birthDaysOf(addYears(born, 18), 18)).toContain(born);
    expect(birthDaysOf('2026-03-01', 18)).toEqual(['2008-03-01', '2008-02-29']);
    expect(birthDaysOf('2025-03-01', 18)).toEqual(['2007-03-01']);
    expect(birthDaysOf('2026-02-28', 18)).toEqual(['2008-02-28']);
  });

  test('only a record that is there: before that his guardians decide', () => {
    const may = Object.values(person).filter(mayHaveAccount);
    expect([...new Set(may.map(({ status }) => status))].sort()).toEqual(['activated', 'open']);
  });
});

describe('MIN-4: a minor’s own code', () => {
  const limits = { softPerHour: 5, hard: 10 };
  const attempt = {
    ...{ status: { ...person.activated, child }, code: current, codeFits: true, cardFits: true },
    ...{ claimFits: true, softFailures: 0, ownHardFailures: 0, receivedAt: current.sentAt },
  };
  const his = { ...current, ofMinor: true as const };

  test('opens nothing to his guardians, and theirs nothing to him', () => {
    const none = { is: 'not-recognised', counts: 'network', reason: 'no-code' };
    expect(recognise({ ...attempt, code: his, byMinor: true }, limits).is).toBe('recognised');
    expect(recognise(attempt, limits).is).toBe('recognised');
    expect(recognise({ ...attempt, code: his }, limits)).toEqual(none);
    expect(recognise({ ...attempt, byMinor: true }, limits)).toEqual(none);
  });

  const wish = {
    ...{ status: { ...person.open, child }, code: code(), asked: 0, by: 'mail' as const },
    ...{ claimFits: true, cardFits: true, birthFits: true, byMinor: true },
    receivedAt: Date.parse('2022-06-01T09:00:00.000Z'),
  } as const;
  test.each([
    ['yes', {}],
    ['yes', { status: { ...person.activated, child, informBy: 'letter' as const } }],
    ['yes', { by: 'sms' as const }],
    ['no-address', { by: 'letter' as const }],
    ['letter-under-way', { code: code({}, { letterFor: '12' }) }],
    ['guardian-decides', { status: { ...person.invited, child } }],
    ['guardian-decides', { status: { ...person.known, child } }],
    ['guardian-decides', { status: { ...person.opposed, child } }],
    ['guardian-decides', { status: { ...person.closed, child } }],
    ['suspended', { status: { ...person.suspended, child } }],
  ])('a wish for one: %s (%#)', (verdict, change) => {
    expect(mayRequestCode({ ...wish, ...change }, { softPerHour: 5, resendSeconds: 30 })).toBe(
      verdict,
    );
  });

  test('a guardian’s wish after it is the guardian’s again', () => {
    const asked = { ...wish, seq: 7 };
    const first = wishOf(asked);
    expect(first.requestedByMinor).toBe(true);
    const again = wishOf({ ...asked, code: first, byMinor: false });
    expect(again.requestedByMinor).toBe(undefined);
  });

  test('a guardian’s letter takes the place of what he asked for, and is not sent to his guardian beside', () => {
    const first = wishOf({ ...wish, seq: 7, by: 'sms' });
    const letter = wishOf({ ...wish, seq: 8, by: 'letter', code: first, byMinor: false });
    expect([letter.requested, letter.requestedByMinor, letter.requestedBy]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
    expect(letter.letterFor).toBe(wish.status.department);
    const theirs = wishOf({ ...wish, seq: 7, byMinor: false });
    expect(wishOf({ ...wish, seq: 8, by: 'letter', code: theirs, byMinor: false }).requested).toBe(
      7,
    );
  });
});

test('MIN-4: every account that a minor links is told as one beside his guardians, a second one as well', () => {
  expect(actOf('relink', true)).toBe('enrolment/link-minor');
  expect(actOf('relink', false)).toBe('enrolment/relink');
  expect([actOf('activate', true), actOf('activate', false)]).toEqual([
    ...['enrolment/activate', 'enrolment/activate'],
  ]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { burntLetterDue } from '#functions/enrolment/rules/burnt-letter.ts';
import { howLong } from '#functions/enrolment/rules/how-long.ts';
import {
  judgePosting,
  judgeReturn,
  type Printed,
} from '#functions/enrolment/rules/judge-letter.ts';
import { informedFrom } from '#functions/enrolment/rules/judge-posting-day.ts';
import { letterDue } from '#functions/enrolment/rules/letter-due.ts';
import type { Status } from '#functions/enrolment/stored.ts';
import { blockedText } from '#functions/enrolment/texts/blocked-text.ts';
import { objectionDeadline, parisBounds, parisDay } from '#shared/kernel/calendar.ts';
import { judgePostingDay, judgeReturnDay } from '#shared/kernel/posting-day.ts';
import { lineLength, mostLines, postalLines } from '#shared/paper/postal-address.ts';
import { segmentsOf } from '#shared/sms/segments.ts';
import { code, current, person } from '../builders.ts';

const reference = 'abcdefghjkmnpqrs';
const printing = { batch: 'b', reference };
const posted = { ...printing, postedOn: '2022-02-07' };
const known = { ...person.known, informBy: 'letter' as const };
const wish = code({}, { letterFor: '12' });

describe('ENR-1: who gets a letter, and which', () => {
  test.each([
    ['left to a letter by a wave', known, undefined, 'invitation'],
    ['bounced', person.bounced, code(), 'invitation'],
    [
      'readdressed',
      { ...person.bounced, uninformed: 'readdressed' as const },
      code(),
      'invitation',
    ],
    ['returned', { ...person.bounced, uninformed: 'returned' as const }, code(), undefined],
    ['in print', { ...known, letter: printing }, undefined, undefined],
    ['to be mailed', person.known, undefined, undefined],
    ['informed', person.invited, code(), undefined],
    [
      'returned, and asks',
      { ...person.bounced, uninformed: 'returned' as const },
      wish,
      'invitation',
    ],
    ['burnt, and asks', person.frozen, wish, 'invitation'],
    ['not informed, and asks', person.known, wish, 'invitation'],
    ['informed, and asks', person.invited, wish, 'code'],
    ['a code by letter since', { ...person.bounced, letter: posted }, code(), 'invitation'],
    ['open, and asks', person.open, wish, 'code'],
    ['being deleted, and asked', person.deleting, wish, undefined],
    ['deleted, and asks', person.deleted, wish, undefined],
    ['named again, and asks', { ...person.deleted, namedAgain: true }, wish, 'code'],
    ['suspended, and asked', person.suspended, wish, undefined],
    ['left, and asked', { ...person.known, leftAt: person.open.openedAt }, wish, undefined],
    ['opposed, and asks', person.opposed, wish, 'code'],
  ] as const)('%s', (_who, status, waiting, kind) => {
    expect(letterDue(status, waiting)).toBe(kind);
  });
});

describe('ENR-2: what a posting does', () => {
  const letter = { reference, kind: 'invitation' } as const;
  const judged = (change: object) =>
    judgePosting({ status: { ...known, letter: printing }, letter, isPosted: true, ...change });

  test('starts the deadline of whom no deadline runs', () => {
    expect(judged({})).toBe('starts');
    expect(judged({ status: { ...person.bounced, letter: printing } })).toBe('starts');
    expect(judged({ status: { ...person.frozen, letter: printing } })).toBe('starts');
  });
  test('a spoiled sheet is made again', () => {
    expect(judged({ isPosted: false })).toBe('again');
  });
  test('nothing once it was told, replaced, or informed another way, or decided', () => {
    expect(judged({ status: { ...known, letter: posted } })).toBe('nothing');
    expect(judged({ status: { ...known, letter: { ...printing, reference: 'other' } } })).toBe(
      'nothing',
    );
    expect(judged({ status: known })).toBe('nothing');
    expect(judged({ status: { ...person.invited, letter: printing } })).toBe('nothing');
    expect(judged({ status: { ...person.activated, letter: printing } })).toBe('nothing');
  });
  test('ENR-44: nothing of whom the record is being deleted, or is', () => {
    for (const status of [person.deleting, person.deleted]) {
      const own = { ...status, letter: printing };
      expect(judged({ status: own, letter: { reference, kind: 'code' } })).toBe('nothing');
      expect(judged({ status: own, isPosted: false })).toBe('nothing');
    }
  });
  test('ENR-12: one that was asked for brings its code, whatever the record is', () => {
    const asked = { reference, kind: 'code' } as const;
    for (const status of [person.invited, person.open, person.activated])
      expect(judged({ letter: asked, status: { ...status, letter: printing } })).toBe(
        'brings-code',
      );
  });
});

describe('ENR-1: what a return does', () => {
  const letter = { reference, kind: 'invitation' } as const;
  const judged = (status: Status, one: Printed = letter, hasNewerFacts = false) =>
    judgeReturn({ status, letter: one, hasNewerFacts });
  const informed = { ...person.invited, informedBy: reference, letter: posted };

  test('whom it informed is not informed, also where his code was burnt since', () => {
    expect(judged(informed)).toBe('returned');
    expect(judged({ ...person.frozen, informedBy: reference, letter: posted })).toBe('returned');
    expect(judged({ ...person.invited, letter: posted })).toBe('returned');
  });
  test('a letter with a code that was made or posted since informed nobody in its place', () => {
    const later = { ...posted, reference: 'later' };
    expect(judged({ ...informed, letter: later })).toBe('returned');
    expect(judged({ ...informed, letter: { batch: 'b', reference: 'later' } })).toBe('returned');
    expect(judged({ ...informed, letter: later }, { reference: 'later', kind: 'code' })).toBe(
      'told',
    );
  });
  test('facts that came while it was on its way have him written to at once', () => {
    expect(judged(informed, letter, true)).toBe('readdressed');
    expect(judged({ ...person.open, letter: posted }, letter, true)).toBe('told');
  });
  test('after the opening or a decision, or where something else informed him, it is only told', () => {
    expect(judged({ ...person.open, letter: posted })).toBe('told');
    expect(judged({ ...person.activated, letter: posted })).toBe('told');
    expect(judged(person.invited)).toBe('told');
    expect(judged({ ...person.invited, letter: printing })).toBe('told');
    expect(judged({ ...informed, informedBy: 'later' })).toBe('told');
    expect(judged({ ...person.bounced, informedBy: reference, letter: posted })).toBe('told');
  });
});

describe('ENR-14: who is sent a letter since his code was burnt', () => {
  const burnt = code({ burntAt: '2022-02-09T09:00:00.000Z' });
  const printed = { ...person.frozen, letter: printing };
  const inPrint = { ...burnt, next: { ...current, purpose: 'letter', sealed: new Uint8Array(1) } };

  test.each([
    ['frozen', person.frozen, burnt, true],
    ['open', person.open, burnt, true],
    ['not burnt', person.invited, code(), false],
    ['told before', person.frozen, code({ ...burnt.current, burnToldAt: 'then' }), false],
    ['a letter is asked for', person.frozen, { ...burnt, letterFor: '12' }, false],
    ['a letter with another code is in print', printed, inPrint, false],
    ['the letter in print carries the burnt code', printed, burnt, true],
    ['posted', { ...person.frozen, letter: posted }, inPrint, true],
    ['his own, a minor’s', person.open, code({ ...burnt.current, ofMinor: true }), false],
    ['blocked', { ...person.frozen, blocked: true as const }, burnt, false],
    ['suspended', person.suspended, burnt, false],
    ['being deleted', person.deleting, burnt, false],
  ])('%s', (_who, status, its, isDue) => {
    expect(burntLetterDue(status, its)).toBe(isDue);
  });

  test('a text message that tells of it fits two parts', () => {
    for (const isOfChild of [true, false])
      expect(segmentsOf(blockedText({ isOfChild }))).toBeLessThanOrEqual(2);
  });
});

describe('ENR-2: the days that a shop tells', () => {
  const readyAt = Date.parse('2022-02-07T22:59:59.999Z');
  test('a posting is on the day of the batch or later, until today, in Paris', () => {
    const judged = (on: string, reportedAt: string) =>
      judgePostingDay({ on, readyAt, reportedAt: Date.parse(reportedAt) });
    expect(judged('2022-02-07', '2022-02-07T23:00:00Z')).toBe('possible');
    expect(judged('2022-02-06', '2022-02-07T23:00:00Z')).toBe('posted-before-batch');
    expect(judged('2022-02-08', '2022-02-07T22:59:59.999Z')).toBe('posted-in-the-future');
    expect(judged('2022-02-08', '2022-02-07T23:00:00.000Z')).toBe('possible');
  });
  test('a return is on the day of the posting or later, until today, in Paris', () => {
    const judged = (on: string, reportedAt: string) =>
      judgeReturnDay({ on, postedOn: '2022-02-08', reportedAt: Date.parse(reportedAt) });
    expect(judged('2022-02-08', '2022-02-09T10:00:00Z')).toBe('possible');
    expect(judged('2022-02-07', '2022-02-09T10:00:00Z')).toBe('returned-before-posting');
    expect(judged('2022-02-10', '2022-02-09T22:59:59.999Z')).toBe('returned-in-the-future');
    expect(judged('2022-02-10', '2022-02-09T23:00:00.000Z')).toBe('possible');
  });

  const days = 42;
  test('the deadline counts from the day of the posting, whenever in the day it was told', () => {
    const on = '2022-02-07';
    for (const at of [
      '2022-02-06T23:00:00.000Z',
      '2022-02-07T22:59:59.999Z',
      '2022-02-20T08:00:00.000Z',
    ])
      expect(
        parisDay(informedFrom({ on, reportedAt: Date.parse(at), department: '12', days })),
      ).toBe(on);
  });
  test('told when it would be over, or end within the day, it counts from the report', () => {
    const on = '2022-02-07';
    const end = objectionDeadline({ sentAt: parisBounds(on).begin, department: '12', days });
    const from = (reportedAt: number) => informedFrom({ on, reportedAt, department: '12', days });
    expect(parisDay(from(end - 86_400_001))).toBe(on);
    expect(from(end - 86_400_000)).toBe(end - 86_400_000);
  });
  test('never in the future, and always a deadline that is still to come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 0, max: 2000 }),
        fc.constantFrom('12', '974', '987', '988'),
        (begun, hours, department) => {
          const on = parisDay(Date.parse('2022-01-01T12:00:00Z') + begun * 86_400_000);
          const reportedAt = parisBounds(on).begin + hours * 3_600_000;
          const sentAt = informedFrom({ on, reportedAt, department, days });
          expect(sentAt).toBeLessThanOrEqual(reportedAt);
          expect(objectionDeadline({ sentAt, department, days })).toBeGreaterThan(reportedAt);
        },
      ),
    );
  });
});

describe('the address of a letter', () => {
  test('capitals without accents or punctuation; postcode and town last', () => {
    expect(
      postalLines({
        ...{ sex: 'M', givenNames: 'Jean-Noël, Luc', birthName: 'LŒUVRE', usedName: 'd’Aÿ' },
        ...{
          addressLine: 'Appt. 3, 12 bis, rue de l’Église',
          postcode: '01000',
          city: 'Saint-Étienne',
        },
      }),
    ).toEqual(['M JEAN NOEL D AY', 'APPT 3 12 BIS RUE DE L EGLISE', '01000 SAINT ETIENNE']);
  });
  test('a long first name gives way to its initial', () => {
    const [name] = postalLines({
      ...{ sex: 'F', givenNames: 'Marie-Antoinette-Joséphine', birthName: 'MONTMORENCY LAVAL' },
      ...{ usedName: '', addressLine: '', postcode: '75001', city: 'Paris' },
    });
    expect(name).toBe('MME M MONTMORENCY LAVAL');
  });
  test('never more than six lines of 38 characters, whatever an import takes', () => {
    const words = (most: number) => fc.string({ unit: 'grapheme', maxLength: most });
    fc.assert(
      fc.property(
        words(120),
        words(80),
        words(80),
        words(120),
        words(80),
        (given, birth, used, street, city) => {
          const lines = postalLines({
            ...{ sex: 'F', givenNames: given, birthName: birth, usedName: used },
            ...{ addressLine: street, postcode: '12000', city },
          });
          expect(lines.length).toBeLessThanOrEqual(mostLines);
          for (const line of lines) {
            expect([...line].length).toBeLessThanOrEqual(lineLength);
            expect(line.trim()).not.toBe('');
          }
        },
      ),
    );
  });
});

test.each([
  [42, 'six semaines'],
  [7, 'une semaine'],
  [70, '10 semaines'],
  [30, '30 jours'],
])('%i days are told as %s', (days, told) => {
  expect(howLong(days)).toBe(told);
});

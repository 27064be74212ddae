import { describe, expect, test } from 'vitest';
import { dueOf } from '#functions/enrolment/due.ts';
import { closedAfterTerm } from '#functions/enrolment/rules/deletion-delays.ts';
import { guardiansOf } from '#functions/enrolment/rules/judge-child.ts';
import {
  certifiedOf,
  judgeChildClosure,
  judgeWishAnswer,
  knownAs,
  nextWishAt,
  waitingWish,
  wishStep,
} from '#functions/enrolment/rules/judge-child-closure.ts';
import {
  givenBack,
  withdrawn,
  withdrawnByAll,
} from '#functions/enrolment/rules/judge-guardianship.ts';
import { cameOfAge } from '#functions/enrolment/rules/majority.ts';
import { nextStep } from '#functions/enrolment/rules/next-step.ts';
import { reopened } from '#functions/enrolment/rules/reopened.ts';
import { suspended } from '#functions/enrolment/rules/suspended.ts';
import { Status } from '#functions/enrolment/stored.ts';
import type { ClosureWish } from '#functions/enrolment/stored-child.ts';
import { parisBounds } from '#shared/kernel/calendar.ts';
import { person } from './builders.ts';

const since = '2022-02-09T09:00:00.000Z';
const [mother, father] = [
  { holder: 'mother', since },
  { holder: 'father', since },
];
const child = { tag: 't', attachedTo: 'mother', adultOn: '2030-01-01' };
const until = '2022-03-26T23:00:00.000Z';
const wish: ClosureWish = {
  ...{ reference: 'w1', by: 'mother', deletion: false, until, state: 'waiting' },
};
const alone: Status = { ...person.activated, child, guardians: [mother] };
const two: Status = { ...person.activated, child, guardians: [mother, father] };
const waiting: Status = { ...person.activated, child, guardians: [mother, father], closing: wish };
const judge = (status: Status, guardian = 'mother', deletion = false) =>
  judgeChildClosure(status, { guardian, deletion }).is;
const answer = (status: Status, change: object = {}) =>
  judgeWishAnswer(status, {
    ...{ wish: 'w1', guardian: 'father', agrees: true, at: '2022-03-20T12:00:00.000Z' },
    ...change,
  });

describe('MIN-2, ENR-42: a guardian who closes a child’s record', () => {
  test('the only one does it at once, of two one asks and the record waits', () => {
    expect(judge(alone)).toBe('at-once');
    expect(judge(two)).toBe('wait');
    expect(judge(two, 'father', true)).toBe('wait');
  });

  test('one wish waits at a time; the same again is known', () => {
    expect(judge(waiting)).toBe('repeat');
    expect(judge(waiting, 'mother', true)).toBe('closure-waits');
    expect(judge(waiting, 'father')).toBe('closure-waits');
    const stopped: Status = { ...waiting, closing: { ...wish, state: 'stopped' } } as const;
    expect(judge(stopped)).toBe('wait');
  });

  test('ENR-43 a deletion of a closed record waits as well; what was done is done', () => {
    const guardians = [mother, father];
    const closed: Status = { ...person.closed, child, guardians };
    expect(judge(closed)).toBe('at-once');
    expect(judge(closed, 'mother', true)).toBe('wait');
    expect(judge({ ...person.leaving, child, guardians }, 'mother', true)).toBe('at-once');
    expect(judge({ ...closed, closedAfter: { suspendedAt: since, by: 'term' } })).toBe(
      'nothing-to-close',
    );
  });

  test.each([
    'known',
    'invited',
    'opposed',
    'open',
    'suspended',
    'deleting',
    'deleted',
    'deceased',
  ] as const)('of a record that is %s there is nothing to close', (name) => {
    expect(judge({ ...person[name], child })).toBe('nothing-to-close');
  });
});

describe('MIN-2, ENR-20: a guardian whose former record was merged into his', () => {
  const names = ['definitive', 'mother'];

  test('is who the child’s record knows, and cannot agree with himself', () => {
    expect(knownAs(two, names)).toBe('mother');
    expect(knownAs(two, ['definitive'])).toBe(undefined);
    expect(judge(waiting, knownAs(waiting, names))).toBe('repeat');
    const his = { guardian: knownAs(waiting, names) };
    expect(answer(waiting, his)).toBe('own-closure-wish');
    expect(answer(waiting, { ...his, agrees: false })).toBe('stop');
  });

  test('with two places is who asked, also by the place that stands last', () => {
    const both = ['father', 'mother'];
    const late: Status = { ...waiting, closing: { ...wish, by: 'father' } } as const;
    expect([knownAs(waiting, both), knownAs(late, both)]).toEqual(['mother', 'father']);
    expect(answer(late, { guardian: knownAs(late, both) })).toBe('own-closure-wish');
    // What he asked for before he left the record gives no part in it.
    expect(knownAs({ ...late, guardians: [mother] } as const, ['father'])).toBe(undefined);
  });

  test('of a deleted record is who was told of it then', () => {
    const deleted: Status = { ...person.deleted, child, certifiedTo: ['mother'] };
    expect(knownAs(deleted, names)).toBe('mother');
    expect(knownAs(deleted, ['father'])).toBe(undefined);
  });

  test.each([
    ['deleted', person.deleted],
    ['being deleted', person.deleting],
  ] as const)(
    'of a record that is %s, not who lost his authority since, by any of his names',
    (_, one) => {
      const gone: Status = { ...one, child, certifiedTo: ['mother', 'father'] };
      const out = withdrawnByAll(gone, names, Date.parse(since));
      if (!out) throw new Error('nothing withdrawn');
      expect(out).toEqual({ ...gone, child: { ...child, barred: [...names] } });
      expect([knownAs(out, names), knownAs(out, ['father'])]).toEqual([undefined, 'father']);
      expect(certifiedOf(out)).toEqual(['father']);
      // Two records of his were made one since: he is out by either name.
      expect(knownAs(out, ['father', 'mother'])).toBe(undefined);
      const back = givenBack(out, names);
      expect(typeof back === 'string' ? back : knownAs(back, names)).toBe('mother');
    },
  );
});

describe('MIN-2: the answer to a wish', () => {
  test('the other one agrees or stops it, until the last millisecond of its term', () => {
    const last = new Date(Date.parse(until) - 1).toISOString();
    for (const at of [since, last]) {
      expect(answer(waiting, { at })).toBe('agree');
      expect(answer(waiting, { at, agrees: false })).toBe('stop');
    }
    expect(answer(waiting, { at: until })).toBe('unknown-closure-wish');
    expect(answer(waiting, { at: until, agrees: false })).toBe('unknown-closure-wish');
  });

  test('who asked may take it back, and not agree with himself', () => {
    expect(answer(waiting, { guardian: 'mother', agrees: false })).toBe('stop');
    expect(answer(waiting, { guardian: 'mother' })).toBe('own-closure-wish');
  });

  test('an answer that comes again is known, another one is too late', () => {
    const stopped: Status = { ...waiting, closing: { ...wish, state: 'stopped' } } as const;
    expect(answer(stopped, { agrees: false })).toBe('repeat');
    expect(answer(stopped)).toBe('unknown-closure-wish');
    const done: Status = {
      ...person.closed,
      ...{ child, guardians: [mother, father], closing: { ...wish, state: 'done' } },
    } as const;
    expect(answer(done)).toBe('repeat');
    expect(answer(done, { agrees: false })).toBe('unknown-closure-wish');
    expect(answer(two)).toBe('unknown-closure-wish');
    expect(answer(waiting, { wish: 'another' })).toBe('unknown-closure-wish');
  });
});

describe('MIN-2: the term of a wish', () => {
  test('ends after whole days of Paris, and the clock finds it then', () => {
    const at = parisBounds('2022-03-11').begin;
    expect(closedAfterTerm(at, 15)).toBe(until);
    expect(closedAfterTerm(parisBounds('2022-03-11').end, 15)).toBe(until);
    expect(nextWishAt(waiting)).toBe(until);
    expect(dueOf(waiting)?.dueSk.split('#')[0]).toBe(until);
    expect(wishStep(waiting, Date.parse(until) - 1)).toBeUndefined();
    expect(nextStep(waiting, Date.parse(until))).toMatchObject({ is: 'end-wish' });
    expect(dueOf(two)?.dueSk).toMatch(/^2029-12-31/);
  });

  test('a wish is void by a suspension, a reopening, a majority, and with the authority of who asked', () => {
    if (waiting.status !== 'activated') throw new Error('not activated');
    const at = Date.parse(until);
    const still: Status[] = [
      suspended(waiting, { motive: 'fraudulent-use', reference: 'r', at, termDays: 42 }),
      reopened({ ...person.closed, child, closing: wish }, until),
      cameOfAge(waiting, { at, informBy: 'mail' }),
    ];
    for (const one of still) expect(waitingWish(one)).toBeUndefined();
    const without = withdrawn(waiting, 'mother');
    expect(without && [waitingWish(without), guardiansOf(without)]).toEqual([undefined, [father]]);
    const other = withdrawn(waiting, 'father');
    expect(other && waitingWish(other)).toMatchObject({ by: 'mother' });
    expect(Status.parse(waiting)).toEqual(waiting);
  });
});

import { describe, expect, test } from 'vitest';
import { dueOf } from '#functions/enrolment/due.ts';
import { deceased } from '#functions/enrolment/rules/deceased.ts';
import { closedAfterTerm, deletedAfterDeath } from '#functions/enrolment/rules/deletion-delays.ts';
import { deletionStep } from '#functions/enrolment/rules/deletion-step.ts';
import { activationOf } from '#functions/enrolment/rules/judge-activation.ts';
import { recognise } from '#functions/enrolment/rules/judge-attempt.ts';
import { judgeDeath } from '#functions/enrolment/rules/judge-death.ts';
import { mayRequestCode } from '#functions/enrolment/rules/may-request-code.ts';
import { restored } from '#functions/enrolment/rules/restored.ts';
import { move } from '#functions/enrolment/rules/status.ts';
import {
  closedAfter,
  mayObjectToSuspension,
  resumed,
  suspended,
} from '#functions/enrolment/rules/suspended.ts';
import { type Living, Status } from '#functions/enrolment/stored.ts';
import { current, delays, person } from './builders.ts';

const ms = (text: string) => Date.parse(text);
const { deceased: dead, deleting, deleted, ...alive } = person;
const living = Object.entries(alive).map(([name, status]): [string, Living] => [name, status]);
const recordedAt = ms('2022-02-25T09:00:00.000Z');
const death = { diedOn: '2022-02-20', proof: 'insurer', reference: 'r9', recordedAt } as const;
const back = { reference: 'r10', at: ms('2022-06-01T09:00:00.000Z'), delays, termDays: 42 };

describe('ENR-46: a death that is told', () => {
  const told = { diedOn: '2022-02-20', birthDate: '1985-05-12', receivedAt: recordedAt };
  const judged = (status: Status, change: Partial<typeof told> = {}) => {
    const verdict = judgeDeath(status, { ...told, ...change });
    return verdict.is === 'told' ? verdict.reason : verdict.is;
  };

  test.each(living)('of somebody who is %s is recorded', (_name, status) => {
    expect(judged(status)).toBe('record');
    expect(move(status.status, 'record-death')).toBe('deceased');
  });

  const died = (status: Status): Status => Status.parse({ ...status, diedOn: '2022-02-20' });

  test('is noted beside a deletion that has begun, which goes on', () => {
    for (const status of [deleting, deleted]) {
      expect(judged(status)).toBe('note');
      expect(judged({ ...status, diedOn: '2022-02-20' })).toBe('repeat');
      expect(judged({ ...status, diedOn: '2022-02-21' })).toBe('death-differs');
      expect(activationOf(died(status))).toBe('not-activable');
    }
  });

  test('again is known again; another day is another death, which nobody dies', () => {
    expect(judged(dead)).toBe('repeat');
    expect(judged(dead, { diedOn: '2022-02-19' })).toBe('death-differs');
  });

  test.each([
    // Paris is an hour ahead in winter: its 26th begins at 23:00 of the 25th in UTC.
    ['2022-02-25T22:59:59.999Z', '2022-02-26', 'died-in-the-future'],
    ['2022-02-25T23:00:00.000Z', '2022-02-26', 'record'],
    ['2022-02-25T22:59:59.999Z', '2022-02-25', 'record'],
    ['2022-02-25T22:59:59.999Z', '1985-05-11', 'died-before-birth'],
    ['2022-02-25T22:59:59.999Z', '1985-05-12', 'record'],
  ])('told at %s, of %s: %s', (at, diedOn, is) => {
    expect(judged(person.known, { diedOn, receivedAt: ms(at) })).toBe(is);
  });
});

describe('ENR-46: from a death on', () => {
  test.each(living)(
    'nothing is due of somebody who was %s but the end, ten years later',
    (_, status) => {
      const to = deceased(status, death, delays);
      expect(Status.parse(to)).toEqual(to);
      expect(dueOf(to)?.dueSk).toBe(`2032-02-20T23:00:00.000Z#${to.holder}`);
      expect(deletionStep(to, ms(to.deleteFrom) - 1)).toBeUndefined();
      expect(deletionStep(to, ms(to.deleteFrom))).toMatchObject({ is: 'begin' });
      expect(to).not.toHaveProperty('linkTag');
      expect(to).not.toHaveProperty('letter');
    },
  );

  test('no code is good, and none is sent', () => {
    const attempt = {
      ...{ status: dead, code: current, claimFits: true, cardFits: true, codeFits: true },
      ...{ softFailures: 0, ownHardFailures: 0, receivedAt: '2022-02-26T09:00:00.000Z' },
    };
    const limits = { softPerHour: 5, hard: 10 };
    const stranger = recognise({ ...attempt, status: person.known, code: undefined }, limits);
    expect(recognise(attempt, limits)).toEqual(stranger);
    const wish = {
      ...{ code: undefined, claimFits: true, cardFits: true, birthFits: true },
      ...{ asked: 0, receivedAt: 0 },
    };
    const verdict = (status: Status, by: 'mail' | 'letter') =>
      mayRequestCode({ ...wish, status, by }, { softPerHour: 5, resendSeconds: 30 });
    expect([verdict(dead, 'mail'), verdict(dead, 'letter')]).toEqual(['deceased', 'deceased']);
    expect(verdict({ ...deleted, diedOn: '2022-02-20' }, 'letter')).toBe('deceased');
    expect(verdict(person.suspended, 'letter')).toBe('suspended');
    expect(activationOf(dead)).toBe('not-activable');
  });

  test.each([
    ['2022-02-20', recordedAt, '2032-02-20T23:00:00.000Z'],
    // A leap day has no like ten years later: nothing is short.
    ['2020-02-29', recordedAt, '2030-03-01T23:00:00.000Z'],
    // Told twelve years late: not before it could be taken back.
    ['2010-02-20', recordedAt, '2022-03-27T22:00:00.000Z'],
  ])('of %s it ends at %#', (diedOn, at, deleteFrom) => {
    expect(deletedAfterDeath({ diedOn, recordedAt: at }, delays)).toBe(deleteFrom);
  });
});

describe('ENR-46: a death that was told wrongly and is taken back', () => {
  test.each(living)('leads somebody who was %s to where he stood', (name, status) => {
    const to = restored(deceased(status, death, delays), back);
    expect(Status.parse(to)).toEqual(to);
    const isUninformed = ['known', 'invited', 'frozen', 'bounced'].includes(name);
    expect(to.status).toBe(isUninformed ? 'known' : status.status);
    expect(to.wave).toBe(isUninformed ? undefined : status.wave);
    expect(to.deathTakenBack).toEqual({ reference: 'r10', at: '2022-06-01T09:00:00.000Z' });
  });

  test('begins anew what ran: information, cooling time, term of a suspension', () => {
    const of = (status: Living) => restored(deceased(status, death, delays), back);
    expect(dueOf(of(person.invited))?.duePk).toMatch(/^INVITE#12#/);
    expect(dueOf(of({ ...person.invited, informBy: 'letter' }))?.duePk).toMatch(/^LETTER#12#/);
    expect(of({ ...person.leaving, remindedAt: '2022-04-25T03:25:00.000Z' })).toMatchObject({
      deleteFrom: '2022-07-01T22:00:00.000Z',
      remindFrom: '2022-06-24T22:00:00.000Z',
    });
    expect(of({ ...person.closed, remindedAt: '2022-04-25T03:25:00.000Z' })).not.toHaveProperty(
      'remindedAt',
    );
    expect(of(person.suspended)).toMatchObject({ closeFrom: '2022-07-13T22:00:00.000Z' });
  });

  test('keeps what the insurer told meanwhile, and no letter that was kept back', () => {
    const letter = { batch: 'b', reference: 'r' };
    const to = { ...deceased({ ...person.open, letter }, death, delays), department: '48' };
    expect(restored(to, back)).toMatchObject({ status: 'open', department: '48' });
    expect(restored(to, back)).not.toHaveProperty('letter');
  });
});

describe('ENR-45: a suspension', () => {
  const at = ms('2022-03-01T09:00:00.000Z');
  const doing = { motive: 'fraudulent-use', reference: 'r2', at, termDays: 42 } as const;
  const to = suspended({ ...person.activated, resumedAt: '2022-02-10T09:00:00.000Z' }, doing);

  test('keeps all that was there, and resumed it is as it was', () => {
    expect(to).toEqual(person.suspended);
    expect(resumed(to, at)).toEqual({
      ...person.activated,
      resumedAt: '2022-03-01T09:00:00.000Z',
    });
  });

  test.each([
    ['2022-02-28T22:59:59.999Z', '2022-04-11T22:00:00.000Z'],
    ['2022-02-28T23:00:00.000Z', '2022-04-12T22:00:00.000Z'],
  ])('of %s is closed when its 42nd day in Paris is over: %s', (suspendedAt, closeFrom) => {
    expect(closedAfterTerm(ms(suspendedAt), 42)).toBe(closeFrom);
  });

  test('is objected to until the last millisecond of that day; then no clock closes it', () => {
    expect(mayObjectToSuspension(to, '2022-04-12T21:59:59.999Z')).toBe(true);
    expect(mayObjectToSuspension(to, '2022-04-12T22:00:00.000Z')).toBe(false);
    const contested = { ...to, objectedAt: '2022-04-12T21:59:59.999Z' };
    expect(deletionStep(contested, ms('2099-01-01T00:00:00.000Z'))).toBeUndefined();
    expect(dueOf(contested)).toBeUndefined();
  });

  test.each(['decision', 'term'] as const)(
    'closed by %s it is kept like any closed record',
    (by) => {
      const closed = closedAfter(to, { by, at: ms('2022-04-12T22:25:00.000Z'), delays });
      expect(Status.parse(closed)).toEqual(closed);
      expect(closed).toMatchObject({
        ...{ status: 'closed', closedAfter: { suspendedAt: to.suspendedAt, by } },
        ...{ choices: to.choices, linkTag: to.linkTag, deleteFrom: '2032-04-13T22:00:00.000Z' },
      });
      expect(closed).not.toHaveProperty('suspension');
    },
  );
});

import { describe, expect, test } from 'vitest';
import { type Objection as Attempt, judge } from '#functions/enrolment/rules/judge-objection.ts';
import { current, person } from './builders.ts';

const limits = { softPerHour: 5, hard: 10 };
const right: Attempt = {
  status: person.invited,
  code: current,
  claimFits: true,
  cardFits: true,
  codeFits: true,
  softFailures: 0,
  ownHardFailures: 0,
  receivedAt: '2022-03-21T22:59:59.999Z',
  repeats: false,
};
const judged = (change: Partial<Attempt>) => judge({ ...right, ...change }, limits);

const later = '2022-03-21T23:00:00.000Z';

describe('ENR-40: an objection with NIR, card and code', () => {
  test('counts until the last millisecond of the deadline', () => {
    expect(judged({})).toEqual({ is: 'object' });
  });

  test('is refused a millisecond later, and the reason is told', () => {
    expect(judged({ receivedAt: '2022-03-21T23:00:00.000Z' })).toEqual({
      is: 'told',
      reason: 'deadline-passed',
    });
  });

  test('received in time, it wins over an opening that was faster', () => {
    expect(judged({ status: person.open })).toEqual({ is: 'object' });
    expect(judged({ status: person.open, receivedAt: '2022-03-21T23:00:00.000Z' })).toEqual({
      is: 'told',
      reason: 'deadline-passed',
    });
  });

  test('given again with the same Idempotency-Key it is the same objection', () => {
    expect(judged({ status: person.opposed, repeats: true })).toEqual({ is: 'repeat' });
  });

  test('ENR-11: the code serves once', () => {
    const used = { ...current, usedAt: '2022-02-08T09:00:00.000Z' };
    expect(judged({ status: person.opposed, code: used })).toEqual({
      is: 'told',
      reason: 'code-used',
    });
    expect(judged({ code: used })).toEqual({ is: 'told', reason: 'code-used' });
  });

  test('ENR-23: the code of a child that served to say who is no legal representative does not refuse', () => {
    const used = { ...current, usedAt: '2022-02-08T09:00:00.000Z' };
    const blocked = { ...person.invited, blocked: true as const };
    const told = { is: 'told', reason: 'child-blocked' };
    expect(judged({ status: blocked, code: used })).toEqual(told);
    const late = { receivedAt: later, code: { ...used, validUntil: later } };
    expect(judged({ status: blocked, ...late })).toEqual(told);
    // Who was sent another code since refuses with it; who did refuse, or is not blocked any more, learns that.
    expect(judged({ status: blocked })).toEqual({ is: 'object' });
    const refused = { ...person.opposed, blocked: true as const };
    const usedUp = { is: 'told', reason: 'code-used' };
    expect(judged({ status: refused, code: used })).toEqual(usedUp);
    expect(judged({ status: person.invited, code: used })).toEqual(usedUp);
  });

  test('who decided otherwise learns it, with whatever code', () => {
    expect(judged({ status: person.opposed })).toEqual({ is: 'told', reason: 'already-opposed' });
    const used = { ...current, usedAt: '2022-02-09T09:00:00.000Z' };
    expect(judged({ status: person.activated, code: used })).toEqual({
      is: 'told',
      reason: 'already-activated',
    });
  });

  test.each(['closed', 'leaving'] as const)(
    'who has closed his record learns it (%s)',
    (status) => {
      expect(judged({ status: person[status] })).toEqual({ is: 'told', reason: 'already-closed' });
    },
  );

  test('a burnt code is dead even when it is right', () => {
    const burnt = { ...current, failures: 10, burntAt: '2022-02-08T09:00:00.000Z' };
    expect(judged({ status: person.frozen, code: burnt })).toEqual({
      is: 'told',
      reason: 'code-burnt',
    });
  });

  test('ENR-11: a code past its validity is told as expired', () => {
    const short = { ...current, validUntil: '2022-03-01T22:59:59.999Z' };
    expect(judged({ code: short })).toEqual({ is: 'told', reason: 'code-expired' });
    expect(judged({ code: short, receivedAt: short.validUntil })).toEqual({ is: 'object' });
    // Whose letter is on its way, its posting not told yet.
    expect(judged({ status: person.known, code: short, receivedAt: short.validUntil })).toEqual({
      is: 'object',
    });
    expect(judged({ status: person.known, code: short })).toEqual({
      is: 'told',
      reason: 'code-expired',
    });
  });
});

describe('ENR-14: attempts that fail', () => {
  const failed = (change: Partial<Attempt>) => judged({ codeFits: false, ...change });

  test('nobody is known by this NIR: counts on the network', () => {
    expect(failed({ status: undefined, code: undefined, cardFits: false })).toMatchObject({
      is: 'not-recognised',
      counts: 'network',
      reason: 'unknown',
    });
  });

  test('a card that does not fit never counts on the code, right code or not', () => {
    const outcome = { is: 'not-recognised', counts: 'network', reason: 'card-mismatch' };
    expect(failed({ cardFits: false })).toEqual(outcome);
    expect(judged({ cardFits: false })).toEqual(outcome);
    expect(failed({ cardFits: false, code: { ...current, failures: 9 } })).toEqual(outcome);
  });

  test('a wrong code with the right card counts on the code, and the tenth burns it', () => {
    expect(failed({})).toMatchObject({ counts: 'code', reason: 'wrong-code' });
    expect(failed({ code: { ...current, failures: 8 } })).toMatchObject({ counts: 'code' });
    expect(failed({ code: { ...current, failures: 9 } })).toMatchObject({ counts: 'burns' });
    expect(failed({ code: { ...current, failures: 12 } })).toMatchObject({ counts: 'burns' });
  });

  test('a network with five failures in the hour is not heard, not even with the right code', () => {
    expect(failed({ softFailures: 4 })).toMatchObject({ counts: 'code' });
    const unheard = { is: 'not-recognised', reason: 'unheard' };
    // The first is counted and told to agents; the rest leave nothing.
    for (const attempt of [{}, { codeFits: false }, { cardFits: false }]) {
      expect(judged({ ...attempt, softFailures: 5 })).toEqual({ ...unheard, counts: 'soft' });
      expect(judged({ ...attempt, softFailures: 6 })).toEqual({ ...unheard, counts: 'unheard' });
    }
  });

  test('five wrong codes of one network count on a code in its whole life, however many hours it takes', () => {
    expect(failed({ ownHardFailures: 4 })).toMatchObject({ counts: 'code' });
    expect(failed({ ownHardFailures: 5 })).toMatchObject({ counts: 'soft', reason: 'wrong-code' });
    const nine = { ...current, failures: 9 };
    expect(failed({ ownHardFailures: 5, code: nine })).toMatchObject({ counts: 'soft' });
    expect(judged({ ownHardFailures: 5 })).toEqual({ is: 'object' });
  });

  test.each([
    ['burnt', { code: { ...current, burntAt: '2022-02-08T09:00:00.000Z' }, status: person.frozen }],
    ['used', { code: { ...current, usedAt: '2022-02-08T09:00:00.000Z' }, status: person.opposed }],
    ['past its validity, the record being open', { status: person.open, receivedAt: later }],
  ])('a code that is %s is not counted on any more', (_, change) => {
    expect(failed(change)).toMatchObject({ is: 'not-recognised', counts: 'soft' });
  });

  test('a code that is valid counts its failures whatever was decided: it could activate', () => {
    const fresh = { ...current, validUntil: '2022-05-01T21:59:59.999Z' };
    for (const status of [person.open, person.opposed, person.activated])
      expect(failed({ status, code: fresh, receivedAt: later })).toMatchObject({ counts: 'code' });
  });

  test('a person without a code yet is not told apart', () => {
    expect(failed({ status: person.known, code: undefined })).toMatchObject({
      is: 'not-recognised',
      counts: 'network',
      reason: 'no-code',
    });
  });
});

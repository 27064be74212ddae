import { describe, expect, test } from 'vitest';
import { activationOf, judgeActivation } from '#functions/enrolment/rules/judge-activation.ts';
import { judgeOtp, judgeSending } from '#functions/enrolment/rules/judge-otp.ts';
import { maskAddress } from '#functions/enrolment/rules/mask-address.ts';
import { current, person } from './builders.ts';

describe('ENR-41, ENR-3: a code that opens the way to activation', () => {
  const right = {
    status: person.invited,
    code: current,
    isOwn: false,
    isTaken: false,
    receivedAt: current.validUntil,
  };
  const judged = (change: Partial<Parameters<typeof judgeActivation>[0]>) =>
    judgeActivation({ ...right, ...change });

  test.each(['known', 'invited', 'frozen', 'opposed', 'open', 'closed', 'leaving'] as const)(
    'a record that is %s is activated',
    (status) => {
      expect(judged({ status: person[status] })).toBe('activate');
    },
  );

  test('an activated one goes to another account', () => {
    expect(judged({ status: person.activated })).toBe('relink');
  });

  test('it is valid to its last millisecond', () => {
    expect(judged({ receivedAt: '2022-03-21T22:59:59.999Z' })).toBe('activate');
    expect(judged({ receivedAt: '2022-03-21T23:00:00.000Z' })).toBe('code-expired');
  });

  test('ENR-11: it serves once, and not after it was burnt', () => {
    const at = '2022-02-08T09:00:00.000Z';
    expect(judged({ code: { ...current, usedAt: at } })).toBe('code-used');
    expect(judged({ code: { ...current, burntAt: at } })).toBe('code-burnt');
  });

  test('for the same account nothing changes, and an account has one record', () => {
    expect(judged({ status: person.activated, isOwn: true })).toBe('already-linked');
    expect(judged({ isTaken: true })).toBe('account-taken');
  });

  test('what the table of moves does not allow is not activated', () => {
    expect(activationOf({ status: 'opposed' })).toBe('activate');
    expect(activationOf({ status: 'activated' })).toBe('relink');
  });
});

describe('six digits sent to an address', () => {
  const limits = { tries: 5, resendSeconds: 30, sends: 5 };
  const sent = { tries: 0, otpUntil: '2022-02-07T09:10:00.000Z' };
  const judged = (change: object, given: object = {}) =>
    judgeOtp(
      { ...sent, ...change },
      { fits: true, receivedAt: '2022-02-07T09:10:00.000Z', ...given },
      limits,
    );

  test('are taken for ten minutes', () => {
    expect(judged({})).toBe('confirmed');
    expect(judged({}, { receivedAt: '2022-02-07T09:10:00.001Z' })).toBe('otp-expired');
  });

  test('have five tries, then they are dead even when they are right', () => {
    expect(judged({ tries: 4 })).toBe('confirmed');
    expect(judged({ tries: 4 }, { fits: false })).toBe('otp-wrong');
    expect(judged({ tries: 5 })).toBe('otp-dead');
  });

  test('given again after they did their work get the same answer, at any time', () => {
    const done = { doneAt: '2022-02-07T09:05:00.000Z' };
    expect(judged(done, { receivedAt: '2022-02-07T10:00:00.000Z' })).toBe('repeat');
    expect(judged(done, { fits: false })).toBe('otp-wrong');
  });

  const at = Date.parse('2022-02-07T09:00:00.000Z');
  const before = {
    ...{ sends: 1, sentAt: at, otpUntil: at + 600_000, endsAt: at + 3_600_000 },
    isSameAddress: true,
  };
  const sending = (change: object, receivedAt = at) =>
    judgeSending({ ...before, ...change }, receivedAt, limits);

  test('ENR-12: thirty seconds lie between two sendings; a retry in between gets the same answer', () => {
    expect(judgeSending(undefined, at, limits)).toEqual({ is: 'prepare' });
    expect(sending({}, at + 1)).toEqual({ is: 'repeat', retryAfterSeconds: 30 });
    expect(sending({}, at + 29_999)).toEqual({ is: 'repeat', retryAfterSeconds: 1 });
    expect(sending({}, at + 30_000)).toEqual({ is: 'prepare' });
    expect(sending({ isSameAddress: false }, at + 10_000)).toEqual({
      ...{ is: 'refused', reason: 'too-soon', retryAfterSeconds: 20 },
    });
  });

  test('that were perhaps not sent are sent again as long as they are good, to the same address', () => {
    const waiting = { sentAt: undefined };
    expect(sending(waiting)).toEqual({ is: 'send' });
    expect(sending(waiting, at + 600_001)).toEqual({ is: 'prepare' });
    expect(sending({ ...waiting, isSameAddress: false })).toEqual({ is: 'prepare' });
  });

  test('are sent five times within the hour, not more', () => {
    expect(sending({ sends: 4 }, at + 60_000)).toEqual({ is: 'prepare' });
    expect(sending({ sends: 5 }, at + 60_000)).toEqual({
      ...{ is: 'refused', reason: 'too-many-attempts', retryAfterSeconds: 3540 },
    });
    expect(sending({ sends: 5 }, at + 3_600_000)).toMatchObject({ retryAfterSeconds: 1 });
    expect(sending({ sends: 5 }, at + 3_600_001)).toEqual({ is: 'prepare' });
  });
});

test.each([
  ['odette@exemple.org', 'o•••@e•••.org'],
  ['é@mail.exemple.org', 'é•••@m•••.org'],
])('an address is shown masked: %s', (address, shown) => {
  expect(maskAddress(address)).toBe(shown);
});

import './nights/environment.ts';
import { describe, expect, test } from 'vitest';
import { judgeAssisted, missingAssistedChecks } from '#functions/enrolment/rules/judge-assisted.ts';
import type { Status } from '#functions/enrolment/stored.ts';
import { current, person } from './builders.ts';

const { assistedToken, isInSession, isRunning, postOf, readAssistedToken, secretHashOf } =
  await import('#shared/record/assisted.ts');

const receivedAt = '2022-03-01T09:00:00.000Z';
const judged = (status: Status, change: object = {}) =>
  judgeAssisted({ status, code: { ...current, ...change }, receivedAt });

describe('reading one’s record at a counter', () => {
  test.each(Object.entries(person))('%s', (name, status) => {
    const isThere = name === 'open' || name === 'activated';
    expect(judged(status)).toBe(isThere ? 'open' : 'no-open-record');
  });

  test('takes a code that is good, until its last millisecond', () => {
    expect(judged(person.open, { validUntil: receivedAt })).toBe('open');
    expect(judged(person.open, { validUntil: '2022-03-01T08:59:59.999Z' })).toBe('code-expired');
    expect(judged(person.open, { usedAt: receivedAt })).toBe('code-used');
    expect(judged(person.open, { burntAt: receivedAt, usedAt: receivedAt })).toBe('code-burnt');
  });

  test('takes both checks, from the day on which they hold', () => {
    const since = [
      { from: '2021-08-04', needs: ['identity-paper'] },
      { from: '2022-03-01', needs: ['identity-paper', 'holder-present'] },
    ] as const;
    expect(missingAssistedChecks(['identity-paper'], '2022-02-28', since)).toEqual([]);
    expect(missingAssistedChecks(['identity-paper'], '2022-03-01', since)).toEqual([
      'holder-present',
    ]);
    expect(missingAssistedChecks([], '2020-01-01', since)).toEqual(['identity-paper']);
  });
});

describe('a session at a counter', () => {
  const [secret, address] = ['s'.repeat(43), '192.0.2.7'];
  const session = {
    ...{ session: 'a'.repeat(26), holder: 'h', structure: 'France Services' },
    ...{ secretHash: secretHashOf(secret), post: postOf(secret, address) },
    ...{ openedAt: '2022-03-01T09:00:00.000Z', endsAt: '2022-03-01T09:20:00.000Z' },
  };
  const end = Date.parse(session.endsAt);
  const inIt = (change: object = {}, of: object = {}) =>
    isInSession({ ...session, ...of }, { secret, address, now: end - 1, ...change });

  test('lasts until the last millisecond before twenty minutes, or until it was ended', () => {
    expect(isRunning(session, end - 1)).toBe(true);
    expect(isRunning(session, end)).toBe(false);
    expect(isRunning({ ...session, endedAt: session.openedAt }, end - 1)).toBe(false);
    expect(inIt()).toBe(true);
    expect(inIt({ now: end })).toBe(false);
    expect(inIt({}, { endedAt: session.openedAt })).toBe(false);
  });

  test('is of one secret and one post', () => {
    expect(inIt({ secret: `${'s'.repeat(42)}t` })).toBe(false);
    expect(inIt({ address: '192.0.2.200' })).toBe(true);
    expect(inIt({ address: '192.0.3.7' })).toBe(false);
    expect(inIt({ address: '' })).toBe(false);
  });

  test('has a token that no issuer’s can be taken for', () => {
    const parts = { session: session.session, secret };
    expect(readAssistedToken(assistedToken(parts))).toEqual(parts);
    for (const other of ['a.b.c', `assisted.${'A'.repeat(26)}.${secret}`, `assisted.a.${secret}`])
      expect(readAssistedToken(other)).toBeUndefined();
  });
});

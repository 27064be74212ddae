import { describe, expect, test } from 'vitest';
import { departmentsToWrite, isHeld } from '#functions/enrolment/rules/letters-due.ts';

const at = { today: '2022-02-14', days: 7 };
const wave = (change: object = {}) => ({
  ...{ departments: ['53'], sendOn: '2022-02-07', state: 'sent' as const },
  ...change,
});
const write = (...waves: ReturnType<typeof wave>[]) => departmentsToWrite(waves, at);

describe('ENR-1: whose letters the clock orders', () => {
  test('those of a wave that was sent a number of days ago, not a day earlier', () => {
    expect(write(wave())).toEqual(['53']);
    expect(write(wave({ sendOn: '2022-02-08' }))).toEqual([]);
    expect(write(wave({ sendOn: '2021-12-01' }))).toEqual(['53']);
  });

  test.each([
    ['sending', ['53']],
    ['sent', ['53']],
    ['planned', []],
    ['paused', []],
    ['stopped', []],
  ])('a wave that is %s', (state, departments) => {
    expect(write(wave({ state }))).toEqual(departments);
  });

  test('a pause holds its départements whatever other waves they were in; each is named once', () => {
    const paused = wave({ departments: ['53', '72'], state: 'paused', sendOn: '2022-02-14' });
    expect(write(wave({ departments: ['85', '53', '72'] }), paused)).toEqual(['85']);
    const stopped = wave({ state: 'stopped' });
    expect(write(wave(), stopped, wave({ departments: ['53', '49'] }))).toEqual(['49', '53']);
  });
});

test('ENR-1: a paused wave holds the invitations of its départements, no other state does', () => {
  for (const state of ['planned', 'sending', 'sent', 'stopped'])
    expect(isHeld([wave({ state })], '53'), state).toBe(false);
  expect(isHeld([wave(), wave({ state: 'paused' })], '53')).toBe(true);
  expect(isHeld([wave({ state: 'paused' })], '72')).toBe(false);
});

import { describe, expect, test } from 'vitest';
import { decide } from '#shared/access/decide.ts';
import { statuses } from '#shared/kernel/status.ts';

const all = [...statuses, undefined];

describe('the holder and his own record', () => {
  test('may do all where it is activated and names his account', () => {
    expect(decide({ purpose: 'own-record', isLinked: true, status: 'activated' })).toEqual({
      is: 'granted',
      may: ['read', 'search', 'deposit', 'history'],
    });
  });

  test.each(all)('is not let in without a link (%s)', (status) => {
    const decision = decide({ purpose: 'own-record', isLinked: false, status });
    expect(decision).toEqual({ is: 'refused', reason: 'not-linked' });
  });

  test.each(all.filter((one) => one !== 'activated'))('is not let in while %s', (status) => {
    const reason = status === undefined ? 'not-linked' : 'record-closed';
    expect(decide({ purpose: 'own-record', isLinked: true, status })).toEqual({
      is: 'refused',
      reason,
    });
  });
});

describe('ENR-31, ACC-10: an establishment that feeds', () => {
  const answer = (status: (typeof all)[number]) => {
    const decision = decide({ purpose: 'feeding', status });
    return decision.is === 'granted' ? decision.may.join() : decision.reason;
  };

  test.each(['open', 'activated'] as const)('may deposit while %s, and nothing else', (status) => {
    expect(answer(status)).toBe('deposit');
  });

  test.each(['known', 'invited', 'opposed', 'deceased', undefined] as const)(
    'cannot tell %s from nobody',
    (status) => {
      expect(answer(status)).toBe('unknown-patient');
    },
  );

  test.each(['suspended', 'closed', 'deletion-requested', 'deleting', 'deleted'] as const)(
    'is told that it is closed while %s',
    (status) => {
      expect(answer(status)).toBe('record-closed');
    },
  );

  test('every state has an answer', () => {
    const answers = new Set(all.map(answer));
    expect(answers).toEqual(new Set(['deposit', 'unknown-patient', 'record-closed']));
  });
});

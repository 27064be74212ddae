import { describe, expect, test } from 'vitest';
import { decide } from '#shared/access/decide.ts';
import { statuses } from '#shared/kernel/status.ts';

const all = [...statuses, undefined];

describe('the holder and his own record', () => {
  test('may do all where it is activated and names his account', () => {
    expect(
      decide({ purpose: 'own-record', isLinked: true, isOverdue: false, status: 'activated' }),
    ).toEqual({
      is: 'granted',
      may: ['read', 'search', 'deposit', 'history'],
    });
  });

  test.each(all)('is not let in without a link (%s)', (status) => {
    const decision = decide({ purpose: 'own-record', isLinked: false, isOverdue: false, status });
    expect(decision).toEqual({ is: 'refused', reason: 'not-linked' });
  });

  test.each(all.filter((one) => one !== 'activated'))('is not let in while %s', (status) => {
    const reason = status === undefined ? 'not-linked' : 'record-closed';
    expect(decide({ purpose: 'own-record', isLinked: true, isOverdue: false, status })).toEqual({
      is: 'refused',
      reason,
    });
  });
});

describe('§1.4: conditions that changed', () => {
  const own = { isLinked: true, isOverdue: true, status: 'activated' } as const;

  test('let nobody into his record who did not accept them in time', () => {
    const decision = decide({ purpose: 'own-record', ...own });
    expect(decision).toEqual({ is: 'refused', reason: 'conditions-to-accept' });
  });

  test('nor into a child’s; that he is not linked, or that it is closed, is said first', () => {
    const child = { isGuardian: true, isMinor: true, status: 'activated' } as const;
    expect(decide({ purpose: 'child-record', own, ...child })).toMatchObject({
      reason: 'conditions-to-accept',
    });
    for (const [change, reason] of [
      [{ isLinked: false }, 'not-linked'],
      [{ status: 'closed' }, 'record-closed'],
    ] as const)
      expect(decide({ purpose: 'own-record', ...own, ...change })).toMatchObject({ reason });
  });
});

describe('MIN-3: a guardian and a child’s record', () => {
  const right = {
    purpose: 'child-record',
    own: { isLinked: true, isOverdue: false, status: 'activated' },
    isGuardian: true,
    isMinor: true,
    status: 'activated',
  } as const;
  const reasonOf = (change: Partial<Parameters<typeof decide>[0]>) => {
    const decision = decide({ ...right, ...change } as typeof right);
    return decision.is === 'granted' ? decision.may.join() : decision.reason;
  };

  test('may do there what he may in his own', () => {
    expect(reasonOf({})).toBe('read,search,deposit,history');
  });

  test.each(all.filter((one) => one !== 'activated'))('not while his own is %s', (status) => {
    const reason = status === undefined ? 'not-linked' : 'record-closed';
    expect(reasonOf({ own: { isLinked: true, isOverdue: false, status } })).toBe(reason);
    expect(reasonOf({ own: { isLinked: false, isOverdue: false, status } })).toBe('not-linked');
  });

  test.each(all.filter((one) => one !== 'activated'))('not while the child’s is %s', (status) => {
    const reason = status === undefined ? 'not-guardian' : 'record-closed';
    expect(reasonOf({ status })).toBe(reason);
  });

  test.each(all)(
    'MIN-5: not where it does not name him, nor once the child is of age (%s)',
    (status) => {
      expect(reasonOf({ status, isGuardian: false })).toBe('not-guardian');
      expect(reasonOf({ status, isMinor: false })).toBe('not-guardian');
    },
  );
});

describe('ENR-31, ACC-10: an establishment that feeds', () => {
  const answer = (status: (typeof all)[number], hasDmp = false) => {
    const decision = decide({ purpose: 'feeding', status, hasDmp });
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

  test.each(['known', 'invited'] as const)(
    'R1111-40: goes on feeding the DMP of somebody whose record is still to open (%s)',
    (status) => {
      expect(answer(status, true)).toBe('deposit');
    },
  );

  test('R1111-40: a DMP changes nothing in any other state, nor for who objected', () => {
    const others = all.filter((one) => one !== 'known' && one !== 'invited');
    for (const status of others) expect(answer(status, true), status).toBe(answer(status, false));
    expect(answer('opposed', true)).toBe('unknown-patient');
  });

  test('every state has an answer', () => {
    const answers = new Set(all.map((one) => answer(one)));
    expect(answers).toEqual(new Set(['deposit', 'unknown-patient', 'record-closed']));
  });
});

describe('R1111-40: the transfer of a DMP', () => {
  const answer = (status: (typeof all)[number]) => {
    const decision = decide({ purpose: 'dmp-transfer', status });
    return decision.is === 'granted' ? decision.may.join() : decision.reason;
  };

  test.each(['known', 'invited', 'opposed', 'open', 'activated'] as const)(
    'is taken in while %s, and nothing is read',
    (status) => {
      expect(answer(status)).toBe('deposit');
    },
  );

  test('is not taken in for a record that has ended, is suspended, or for nobody', () => {
    const others = all.filter((one) => answer(one) !== 'deposit');
    expect(others).toEqual([
      ...statuses.filter((one) => !/^(known|invited|opposed|open|activated)$/.test(one)),
      undefined,
    ]);
  });
});

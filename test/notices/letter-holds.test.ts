import { describe, expect, test } from 'vitest';
import { letterHolds, lineOfNotice, noticeOf, stillHolds } from '#functions/notices/rules.ts';
import { statuses } from '#shared/kernel/status.ts';
import type { Standing } from '#shared/record/standing.ts';

describe('SEC-8: a letter is judged anew on the day on which it is printed', () => {
  const waits = { until: '2022-03-01T00:00:00.000Z', deletion: false };
  test.each([
    ['CLOTURE', 'closed', 'activated'],
    ['CLOTURE_SUSPENSION', 'closed', 'activated'],
    ['DEMANDE_SUPPRESSION', 'deletion-requested', 'activated'],
    ['SUPPRESSION_ARRETEE', 'closed', 'activated'],
    ['REOUVERTURE', 'activated', 'closed'],
    ['REPRISE', 'activated', 'suspended'],
    ['OUVERTURE', 'open', 'opposed'],
    ['SUPPRESSION', 'deleted', 'activated'],
    ['AJOUT_DOCUMENT', 'activated', 'deceased'],
  ] as const)('%s: while it is %s, not once it is %s', (code, holds, undone) => {
    expect(letterHolds(code, { status: holds })).toBe(true);
    expect(letterHolds(code, { status: undone })).toBe(false);
  });

  test('a wish to close, while it waits', () => {
    const status = 'activated';
    const agentClosing = (state: 'waiting' | 'stopped' | 'lapsed' | 'done') => ({
      agentClosing: { ...waits, state },
    });
    for (const [code, holds] of [
      ['CLOTURE_A_CONFIRMER', 'waiting'],
      ['CLOTURE_NON_CONFIRMEE', 'lapsed'],
    ] as const) {
      for (const state of ['waiting', 'stopped', 'lapsed', 'done'] as const)
        expect(letterHolds(code, { status, ...agentClosing(state) })).toBe(state === holds);
      expect(letterHolds(code, { status })).toBe(false);
    }
    expect(letterHolds('DEMANDE_CLOTURE', { status, closing: waits })).toBe(true);
    expect(letterHolds('DEMANDE_CLOTURE', { status })).toBe(false);
  });

  test('ENR-45 an objection to a suspension, while it waits for a decision: not of a record that is suspended anew', () => {
    const objectedAt = '2022-03-01T00:00:00.000Z';
    const holds = (change: Pick<Standing, 'status' | 'objectedAt'>) =>
      letterHolds('CONTESTATION_SUSPENSION', change);
    expect(holds({ status: 'suspended', objectedAt })).toBe(true);
    expect(holds({ status: 'suspended' })).toBe(false);
    for (const status of ['activated', 'closed', 'deceased'] as const)
      expect(holds({ status, objectedAt })).toBe(false);
  });

  test('MIN-2 a reminder of a deletion, while it is one: not where that was put off by years since', () => {
    const remindedAt = '2022-03-01T00:00:00.000Z';
    for (const status of ['closed', 'deletion-requested'] as const) {
      expect(letterHolds('RAPPEL_SUPPRESSION', { status, remindedAt })).toBe(true);
      expect(letterHolds('RAPPEL_SUPPRESSION', { status })).toBe(false);
    }
    expect(letterHolds('RAPPEL_SUPPRESSION', { status: 'activated', remindedAt })).toBe(false);
  });

  test('the name of a notice says where its line stands', () => {
    expect(lineOfNotice(noticeOf({ at: '2022-02-07T09:00:00.123Z', lane: 3, seq: 12 }))).toEqual({
      lane: 3,
      seq: 12,
    });
    expect(lineOfNotice('nonsense')).toBeUndefined();
  });
});

test.each(statuses)(
  'ENR-42: a closure that nobody confirmed, of one that is %s by now',
  (status) => {
    const holds = ['open', 'activated', 'closed'].includes(status);
    expect(stillHolds('CLOTURE_NON_CONFIRMEE', status)).toBe(holds);
  },
);

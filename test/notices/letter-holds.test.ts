import { describe, expect, test } from 'vitest';
import { letterHolds, lineOfNotice, noticeOf } from '#functions/notices/rules.ts';
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
    expect(letterHolds('CLOTURE_A_CONFIRMER', { status, agentClosing: waits })).toBe(true);
    expect(letterHolds('CLOTURE_A_CONFIRMER', { status })).toBe(false);
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

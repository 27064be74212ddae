import { describe, expect, test } from 'vitest';
import { changesOf } from '#functions/statistics/rules.ts';
import type { JournalLine } from '#shared/journal/schema.ts';

const line = (action: string, object: Partial<JournalLine['object']>, more = {}): JournalLine => ({
  v: 1,
  id: 'l1',
  holder: 'h1',
  lane: 0,
  seq: 1,
  prev: 'A'.repeat(43),
  at: '2022-02-07T09:00:00.000Z',
  actor: { kind: 'system', id: 'x' },
  channel: 'clock',
  action,
  object: { kind: 'record', department: '12', ...object },
  outcome: 'done',
  policy: 'p',
  visible: 'holder',
  ...more,
});
const told = (one: JournalLine) =>
  changesOf(one).map(({ wave, counter, by }) => `${wave} ${counter} ${by > 0 ? '+' : '-'}`);

describe('what a line changes in the counters', () => {
  test.each([
    [
      line('enrolment/import-insured', { to: 'known' }),
      ['none status.known +', 'none acts.imported +'],
    ],
    [
      line('enrolment/send-invitation', { from: 'known', to: 'invited', wave: 'w1' }),
      ['none status.known -', 'w1 status.invited +', 'w1 acts.invited +'],
    ],
    [
      line('enrolment/defer-to-letter', { from: 'known', to: 'known', wave: 'w1' }),
      ['none status.known -', 'w1 status.known +', 'w1 acts.deferred +'],
    ],
    [
      line('enrolment/oppose', { from: 'invited', to: 'opposed', wave: 'w1' }),
      ['w1 status.invited -', 'w1 status.opposed +', 'w1 acts.opposed +'],
    ],
    [
      line('enrolment/oppose', { from: 'open', to: 'opposed', wave: 'w1' }),
      ['w1 status.open -', 'w1 status.opposed +', 'w1 acts.opposed +', 'w1 acts.reversed +'],
    ],
    [
      line('enrolment/oppose', { from: 'known', to: 'opposed' }, { channel: 'phone' }),
      ['none status.known -', 'none status.opposed +', 'none acts.opposed +'],
    ],
    [
      line('enrolment/open', { from: 'invited', to: 'open', wave: 'w1' }),
      ['w1 status.invited -', 'w1 status.open +', 'w1 acts.opened +'],
    ],
    [
      line('enrolment/renew-code', { from: 'known', to: 'invited' }),
      ['none status.known -', 'none status.invited +', 'none acts.renewed +'],
    ],
    [
      line('enrolment/close', { from: 'activated', to: 'closed', wave: 'w1' }),
      ['w1 status.activated -', 'w1 status.closed +', 'w1 acts.closed +'],
    ],
    [
      line('enrolment/request-deletion', { from: 'closed', to: 'deletion-requested' }),
      [
        ...['none status.closed -', 'none status.deletion-requested +'],
        'none acts.deletionRequested +',
      ],
    ],
    [
      line('enrolment/reopen', { from: 'deletion-requested', to: 'activated' }),
      [...['none status.deletion-requested -', 'none status.activated +'], 'none acts.reopened +'],
    ],
    [
      line('enrolment/begin-deletion', { from: 'deletion-requested', to: 'deleting' }),
      [
        ...['none status.deletion-requested -', 'none status.deleting +'],
        'none acts.deletionBegun +',
      ],
    ],
    [
      line('enrolment/finish-deletion', { from: 'deleting', to: 'deleted' }),
      [...['none status.deleting -', 'none status.deleted +'], 'none acts.deleted +'],
    ],
    [
      line('enrolment/suspend', { from: 'activated', to: 'suspended', wave: 'w1' }),
      ['w1 status.activated -', 'w1 status.suspended +', 'w1 acts.suspended +'],
    ],
    [
      line('enrolment/resume', { from: 'suspended', to: 'activated' }),
      ['none status.suspended -', 'none status.activated +', 'none acts.resumed +'],
    ],
    [
      line('enrolment/close-suspended', { from: 'suspended', to: 'closed' }),
      ['none status.suspended -', 'none status.closed +', 'none acts.closed +'],
    ],
    [
      line('enrolment/record-death', { from: 'invited', to: 'deceased', wave: 'w1' }),
      ['w1 status.invited -', 'w1 status.deceased +', 'w1 acts.deathRecorded +'],
    ],
    [
      line('enrolment/correct-death', { from: 'deceased', wave: 'w1' }),
      ['w1 status.deceased -', 'w1 acts.deathCorrected +'],
    ],
    [line('enrolment/leave-wave', { to: 'known' }), ['none status.known +']],
    [
      line('enrolment/note-bounce', { from: 'invited', to: 'invited', wave: 'w1' }),
      ['w1 status.invited -', 'w1 status.invited +', 'w1 acts.bounced +'],
    ],
    [line('enrolment/regroup-insured', { from: 'known', wave: 'w1' }), ['w1 status.known -']],
    [line('enrolment/request-code', { wave: 'w1' }), []],
    [line('enrolment/oppose', {}, { outcome: 'refused', reason: 'enrolment/wrong-code' }), []],
    [
      line('enrolment/begin-wave', { kind: 'wave', from: 'planned', to: 'sending', wave: 'w1' }),
      [],
    ],
    [line('documents/read', { kind: 'document' }), []],
  ])('case %#: $action', (one, changes) => {
    expect(told(one)).toEqual(changes);
  });
});

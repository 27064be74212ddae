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
  changesOf(one).flatMap(({ place, counter, by }) =>
    place.by === 'wave' ? [`${place.wave} ${counter} ${by > 0 ? '+' : '-'}`] : [],
  );
/** The changes of one kind of place, as `where counter +`. */
const toldBy = (kind: 'cohort' | 'channel' | 'day', one: JournalLine) =>
  changesOf(one).flatMap(({ place, counter, by }) => {
    if (place.by !== kind) return [];
    const where =
      place.by === 'cohort'
        ? place.cohort
        : place.by === 'channel'
          ? place.channel
          : `${place.day}${place.department === undefined ? '' : ` ${place.department}`}`;
    return [`${where} ${counter} ${by > 0 ? '+' : '-'}`];
  });

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
      line('enrolment/stop-deletion', { from: 'deletion-requested', to: 'closed' }),
      ['none status.deletion-requested -', 'none status.closed +'],
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
      line('enrolment/merge-record', { from: 'open', wave: 'w1' }),
      ['w1 status.open -', 'w1 acts.merged +'],
    ],
    [
      line('enrolment/absorb-record', { from: 'known', to: 'open' }),
      ['none status.known -', 'none status.open +'],
    ],
    [line('enrolment/part-record', { to: 'open' }), ['none status.open +', 'none acts.parted +']],
    [
      line('enrolment/note-bounce', { from: 'invited', to: 'invited', wave: 'w1' }),
      ['w1 status.invited -', 'w1 status.invited +', 'w1 acts.bounced +'],
    ],
    [
      line('enrolment/send-letter', { from: 'known', to: 'invited', wave: 'w1' }),
      ['w1 status.known -', 'w1 status.invited +', 'w1 acts.written +'],
    ],
    [
      line('enrolment/note-return', { from: 'invited', to: 'invited', wave: 'w1' }),
      ['w1 status.invited -', 'w1 status.invited +', 'w1 acts.returned +'],
    ],
    // The letter told him nothing that counted.
    [line('enrolment/note-return', { wave: 'w1' }), ['w1 acts.returned +']],
    [
      line('enrolment/tell-deletion', { from: 'deleted', to: 'deleted' }),
      ['none status.deleted -', 'none status.deleted +'],
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

describe('by decade of birth, channel of information and day', () => {
  const facts = { cohort: '1940', informBy: 'mail' } as const;

  test('a record leaves one state and enters another within its decade and channel', () => {
    const one = line('enrolment/open', { from: 'invited', to: 'open', wave: 'w1', ...facts });
    expect(toldBy('cohort', one)).toEqual(['1940 status.invited -', '1940 status.open +']);
    expect(toldBy('channel', one)).toEqual(['mail status.invited -', 'mail status.open +']);
  });

  test('a line that was written before it told them counts under unknown', () => {
    const one = line('enrolment/import-insured', { to: 'known' });
    expect(toldBy('cohort', one)).toEqual(['unknown status.known +']);
    expect(toldBy('channel', one)).toEqual(['unknown status.known +']);
  });

  test('an act that changes one of them lets the record leave the count it was in', () => {
    const bounced = line('enrolment/note-bounce', {
      ...{ from: 'invited', to: 'invited', cohort: '1940', informBy: 'letter' },
      was: { informBy: 'mail' },
    });
    expect(toldBy('channel', bounced)).toEqual([
      'mail status.invited -',
      'letter status.invited +',
    ]);
    expect(toldBy('cohort', bounced)).toEqual(['1940 status.invited -', '1940 status.invited +']);
    const forgotten = line('enrolment/tell-deletion', {
      ...{ from: 'deleted', to: 'deleted', cohort: '1940', informBy: 'letter' },
      was: { informBy: 'mail' },
    });
    expect(toldBy('channel', forgotten)).toEqual([
      'mail status.deleted -',
      'letter status.deleted +',
    ]);
    const learnt = line('enrolment/update-insured', {
      ...{ from: 'known', to: 'known', ...facts, was: { cohort: 'unknown' } },
    });
    expect(toldBy('cohort', learnt)).toEqual(['unknown status.known -', '1940 status.known +']);
  });

  test('a line counts on its day in Paris: both sides of midnight, in winter and in summer', () => {
    const at = (instant: string) =>
      toldBy('day', line('enrolment/oppose', { from: 'invited', to: 'opposed' }, { at: instant }));
    expect(at('2022-02-07T22:59:59.999Z')).toEqual([
      ...['2022-02-07 status.invited -', '2022-02-07 status.opposed +'],
      ...['2022-02-07 acts.opposed +', '2022-02-07 12 acts.opposed +'],
    ]);
    expect(at('2022-02-07T23:00:00.000Z').at(-1)).toBe('2022-02-08 12 acts.opposed +');
    expect(at('2022-07-07T21:59:59.999Z').at(-1)).toBe('2022-07-07 12 acts.opposed +');
    expect(at('2022-07-07T22:00:00.000Z').at(-1)).toBe('2022-07-08 12 acts.opposed +');
  });
});

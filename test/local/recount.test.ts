import { describe, expect, test } from 'vitest';
import { countedActs } from '#infra/local/recount/acts.ts';
import { chainsOf } from '#infra/local/recount/chains.ts';
import { importFaults, statisticsFaults, waveFaults } from '#infra/local/recount/counters.ts';
import { dayFaults, groupFaults } from '#infra/local/recount/groups.ts';
import { letterFaults } from '#infra/local/recount/letters.ts';
import {
  recordFaults,
  StatusItem,
  statusesOf,
  wholenessFaults,
} from '#infra/local/recount/records.ts';
import { type Entry, genesis, nextLine } from '#shared/journal/line.ts';
import { parisDay } from '#shared/kernel/calendar.ts';

const holder = 'h1';
const at = Date.parse('2022-03-22T00:15:00Z');
const by = { actor: { kind: 'system', id: 'job' }, channel: 'clock' } as const;
const told = { holder, policy: 'p', visible: 'holder', outcome: 'done', at, ...by } as const;

const acts: Entry[] = [
  {
    ...told,
    id: 'a',
    action: 'enrolment/import-insured',
    object: { kind: 'record', to: 'known', department: '12' },
  },
  {
    ...told,
    id: 'b',
    action: 'enrolment/send-invitation',
    object: { kind: 'record', from: 'known', to: 'invited', department: '12', wave: 'w' },
  },
  {
    ...told,
    id: 'c',
    action: 'enrolment/open',
    object: { kind: 'record', from: 'invited', to: 'open', department: '12', wave: 'w' },
  },
];

function journal(entries: readonly Entry[]) {
  let head = genesis;
  const items = entries.map((entry) => {
    const { line, head: next } = nextLine(head, entry);
    head = next;
    return { pk: `${holder}#00`, sk: String(line.seq).padStart(12, '0'), ...line };
  });
  return { items, head };
}

const { items, head } = journal(acts);
const { chains } = chainsOf(items);
const chain = chains.get(`${holder}#00`);
const lines = chain?.lines ?? [];
const status = StatusItem.parse({
  pk: 'H#h1',
  holder,
  status: 'open',
  headSeq: head.seq,
  headHash: head.hash,
  department: '12',
  wave: 'w',
  informBy: 'mail',
  deadlineAt: '2022-03-21T22:59:59.999Z',
});
const dayBefore = '2022-03-21T00:00:00.000Z';

describe('a record against its journal', () => {
  test('that agree have no fault', () => {
    expect(recordFaults(status, chain, dayBefore)).toEqual([]);
  });

  test.each([
    ['another state', { status: 'opposed' as const }, 'is opposed, the journal says open'],
    ['another head', { headSeq: 2 }, 'head 2 differs'],
    ['a left-over due key', { duePk: 'DUE#x#001' }, 'stands in the due index'],
    ['a deadline after its opening', { deadlineAt: '2022-03-23T22:59:59.999Z' }, 'before its'],
  ])('%s is told', (_what, change, words) => {
    expect(recordFaults({ ...status, ...change }, chain, dayBefore).join()).toContain(words);
  });

  test('a record without lines, and one long overdue, are told', () => {
    expect(recordFaults(status, undefined, dayBefore)).toHaveLength(1);
    const { items: two, head: at2 } = journal(acts.slice(0, 2));
    const invited = {
      ...status,
      status: 'invited' as const,
      headSeq: at2.seq,
      headHash: at2.hash,
      duePk: 'DUE#x#001',
    };
    const its = chainsOf(two).chains.get(`${holder}#00`);
    expect(recordFaults(invited, its, '2022-03-25T00:00:00.000Z').join()).toContain('overdue');
    expect(recordFaults(invited, its, dayBefore)).toEqual([]);
    // Burnt, or not informed any more: nothing is due, so nothing is overdue.
    const letter = { batch: 'b', reference: 'r' };
    for (const [change, duePk] of [
      [{ frozen: true }, undefined],
      [{ uninformed: 'bounced' }, 'PRINT#12#001'],
      [{ uninformed: 'bounced', letter }, undefined],
      [{ uninformed: 'returned' }, undefined],
      [{ uninformed: 'readdressed' }, 'PRINT#12#001'],
    ] as const) {
      const waiting = { ...invited, ...change, duePk };
      expect(recordFaults(waiting, its, '2022-03-25T00:00:00.000Z')).toEqual([]);
      const left = recordFaults({ ...invited, ...change }, its, dayBefore);
      expect(left.join()).toContain('stands in the due index');
    }
  });

  test('a record that leaves one place by a line and arrives in another by the next agrees', () => {
    const { items: moved, head: end } = journal([
      ...acts.slice(0, 2),
      {
        ...{ ...told, id: 'd', action: 'enrolment/record-death' },
        object: { kind: 'record', from: 'invited', to: 'deceased', department: '12', wave: 'w' },
      },
      {
        ...{ ...told, id: 'e', action: 'enrolment/correct-death' },
        object: { kind: 'record', from: 'deceased', department: '12', wave: 'w' },
      },
      {
        ...{ ...told, id: 'f', action: 'enrolment/leave-wave' },
        object: { kind: 'record', to: 'known', department: '12' },
      },
    ]);
    const its = chainsOf(moved).chains.get(`${holder}#00`);
    const { wave: _w, deadlineAt: _d, ...rest } = status;
    const known = {
      ...{ ...rest, status: 'known' as const, headSeq: end.seq, headHash: end.hash },
      duePk: 'INVITE#12#001',
    };
    expect(recordFaults(known, its, dayBefore)).toEqual([]);
    expect(recordFaults({ ...known, leftAt: '2022' }, its, dayBefore).join()).toContain(
      'expected undefined',
    );
    const gone = chainsOf(moved.slice(0, 4)).chains.get(`${holder}#00`);
    expect(recordFaults(known, gone, dayBefore).join()).toContain('the journal says undefined');
  });

  test.each([
    ['suspended', {}, 'ERASE#001'],
    ['suspended', { objectedAt: '2022-04-01T00:00:00.000Z' }, undefined],
    ['deceased', {}, 'ERASE#001'],
  ] as const)('%s stands where its end is found: %j', (state, change, duePk) => {
    const one = { ...status, ...change, status: state };
    const about = (key: string | undefined) =>
      recordFaults({ ...one, duePk: key }, chain, dayBefore).join();
    expect(about(duePk)).not.toContain('due index');
    expect(about(duePk === undefined ? 'ERASE#001' : undefined)).toContain('due index');
  });

  test.each<[StatusItem['status'], Partial<StatusItem>, boolean]>([
    ['open', { informedAt: '2022-02-07T09:00:00.000Z' }, true],
    ['open', { informedAt: '2022-02-07T09:00:00.000Z', cameOfAgeAt: '2030' }, false],
    ['open', { informedAt: '2030-05-02T09:00:00.000Z' }, false],
    ['activated', { guardians: [{ holder: 'g' }] }, true],
    ['activated', {}, false],
    ['opposed', { decidedBy: { receivedAt: '2022-02-07T09:00:00.000Z' } }, true],
    ['invited', { informedAt: '2022-02-07T09:00:00.000Z', blocked: true }, true],
    [
      'invited',
      { informedAt: '2030-04-01T09:00:00.000Z', deadlineAt: '2030-05-13T00:00:00Z' },
      true,
    ],
  ])(
    'MIN-5 a minor’s record that is %s stands where its majority is found: %j',
    (state, change, is) => {
      const child = { adultOn: '2030-05-01' };
      const one = { ...status, ...change, child, status: state };
      const about = (duePk: string | undefined) =>
        recordFaults({ ...one, duePk }, chain, dayBefore).join();
      expect(about(is ? 'ERASE#001' : undefined)).not.toContain('due index');
      expect(about(is ? undefined : 'ERASE#001')).toContain('due index');
    },
  );

  test('a changed, a missing and an exchanged line break the chain', () => {
    const [a, b, c] = items;
    if (!a || !b || !c) throw new Error('three lines');
    expect(chainsOf([a, { ...b, channel: 'web' }, c]).faults).toHaveLength(1);
    expect(chainsOf([a, c]).faults).toHaveLength(1);
  });
});

describe('the counters', () => {
  const counted = (change: Record<string, number> = {}) => ({
    waves: [
      {
        wave: 'none',
        departments: [{ department: '12', status: { known: 0 }, acts: { imported: 1 } }],
      },
      {
        wave: 'w',
        departments: [
          { department: '12', status: { open: 1 }, acts: { invited: 1, opened: 1, ...change } },
        ],
      },
    ],
  });

  test('that agree with records and journal have no fault; one act too many is told', () => {
    expect(statisticsFaults(counted(), [status], lines)).toEqual([]);
    expect(statisticsFaults(counted({ opened: 2 }), [status], lines)).toEqual([
      'statistics w/12/opened: recounted 1, told 2',
    ]);
  });

  test('by decade, by channel and by day are held against records and journal', () => {
    const modern = { ...status, cohort: '1940' };
    const groups = (by: string, name: string, open = 1) => ({
      by,
      groups: [{ name, status: { open, known: 0 } }],
    });
    expect(groupFaults(groups('cohort', '1940'), [modern])).toEqual([]);
    expect(groupFaults(groups('channel', 'mail'), [modern])).toEqual([]);
    expect(groupFaults(groups('channel', 'unknown'), [status])).toEqual([]);
    expect(groupFaults(groups('cohort', '1940', 2), [modern])).toEqual([
      'statistics by cohort 1940/is open: recounted 1, told 2',
    ]);
    const days = Object.entries(Object.groupBy(lines, ({ at }) => parisDay(Date.parse(at)))).map(
      ([day, some = []]) => ({
        day,
        acts: Object.fromEntries(some.flatMap(countedActs).map((name) => [name, 1])),
      }),
    );
    const everywhere = { department: undefined, ended: 0 };
    expect(dayFaults([{ days }], lines, everywhere)).toEqual([]);
    expect(dayFaults([{ days }], lines, { ...everywhere, department: '12' })).toEqual([]);
    expect(dayFaults([{ days: days.slice(1) }], lines, everywhere)).toHaveLength(3);
    // Of who is forgotten the days tell more than the lines that are left, never less.
    expect(dayFaults([{ days }], lines.slice(1), { ...everywhere, ended: 1 })).toEqual([]);
    expect(dayFaults([{ days: days.slice(1) }], lines, { ...everywhere, ended: 1 })).toHaveLength(
      3,
    );
    expect(
      dayFaults([{ days }], lines, { ...everywhere, department: '13' }).length,
    ).toBeGreaterThan(0);
  });

  test('of a wave are held against the journal', () => {
    const item = { pk: 'WAVE#w', sk: '12#0', invited: 1 };
    expect(waveFaults([item], lines, 0)).toEqual([]);
    expect(waveFaults([{ ...item, invited: 2 }], lines, 0)).toHaveLength(1);
    // Somebody is forgotten whom it had invited; it never invited less than the journal tells.
    expect(waveFaults([{ ...item, invited: 2 }], lines, 1)).toEqual([]);
    expect(waveFaults([], lines, 1)).toHaveLength(1);
    expect(waveFaults([], lines, 0)).toHaveLength(1);
  });

  test('of an import account for each line and each person', () => {
    const file = { lines: 3, imported: 1, updated: 0, unchanged: 0, errors: 2 };
    const item = { pk: 'IMPORT#i', sk: 'IMPORT', import: 'i', state: 'done', ...file };
    expect(importFaults([item], [status], lines, 0)).toEqual([]);
    expect(importFaults([{ ...item, errors: 1 }], [status], lines, 0)).toHaveLength(1);
    expect(importFaults([{ ...item, lines: 4, imported: 2 }], [status], lines, 0)).toHaveLength(1);
    expect(importFaults([{ ...item, lines: 4, imported: 2 }], [status], lines, 1)).toEqual([]);
    expect(importFaults([item], [status], lines, 1)).toHaveLength(1);
  });
});

test('a person without identity, or found by no number, is told', () => {
  const person = { pk: 'H#h1', sk: 'PERSON' };
  const lookup = { pk: 'N#n', sk: 'LOOKUP', holder };
  expect(wholenessFaults([person, lookup], [status])).toEqual([]);
  expect(wholenessFaults([lookup], [status])).not.toEqual([]);
  expect(wholenessFaults([person], [status])).not.toEqual([]);
});

describe('ENR-1: letters against their batches', () => {
  const member = { pk: 'LETTERS#b1', sk: '001', holder: 'h1', reference: 'r1' };
  const batch = { pk: 'LETTERS', sk: 'b1', batch: 'b1', letters: 1 };
  const [one] = statusesOf([
    {
      ...{ pk: 'H#h1', sk: 'STATUS', holder: 'h1', status: 'known', headSeq: 1, headHash: 'h' },
      ...{ department: '12', informBy: 'letter', letter: { batch: 'b1', reference: 'r1' } },
    },
  ]);
  const statuses = one ? [one] : [];

  test('what agrees is told nothing of', () => {
    expect(letterFaults([member, batch], statuses)).toEqual([]);
  });

  test('a letter in no batch, a batch that tells too many, one reference twice, a spoiled one', () => {
    expect(letterFaults([batch], statuses)).toHaveLength(2);
    expect(letterFaults([member, { ...batch, letters: 2 }], statuses)).toHaveLength(1);
    expect(letterFaults([member, { ...member, sk: '002' }, batch], statuses)).toHaveLength(1);
    expect(letterFaults([{ ...member, became: 'spoiled' }, batch], statuses)).toHaveLength(1);
  });
});

import { describe, expect, test } from 'vitest';
import { erasureFaults, ofThisLife, strayFaults } from '#infra/local/recount/erased.ts';
import { StatusItem } from '#infra/local/recount/records.ts';
import { genesis, nextLine } from '#shared/journal/line.ts';

const status = (change: object = {}) =>
  StatusItem.parse({
    ...{ pk: 'H#h1', holder: 'h1', status: 'deleted', headSeq: 1, headHash: 'x' },
    ...{ department: '12', informBy: 'letter', life: 1 },
    ...change,
  });
const nothing = { documents: [], notices: [], versions: [], branches: [], people: [] };

describe('ENR-47: of whose record is deleted nothing is left', () => {
  test('the trace alone is no fault', () => {
    const people = [{ pk: 'H#h1', sk: 'STATUS' }];
    expect(erasureFaults([status()], { ...nothing, people })).toEqual([]);
  });

  test.each([
    ['something filed', { documents: [{ pk: 'H#h1', sk: 'ERASURE' }] }],
    ['a notice', { notices: [{ pk: 'H#h1', sk: 'NOTICE#1' }] }],
    ['a notice', { notices: [{ pk: 'LETTERS#2022-05-01', sk: 'h1' }] }],
    ['a content', { versions: ['h1/d1/1'] }],
    ['an address or a code', { people: [{ pk: 'H#h1', sk: 'CONTACTS' }] }],
    ['the key of a deleted record', { branches: ['holder-h1'] }],
  ])('%s is told', (words, left) => {
    expect(erasureFaults([status()], { ...nothing, ...left }).join()).toContain(words);
    const other = status({ pk: 'H#h2', holder: 'h2', status: 'activated', life: undefined });
    expect(erasureFaults([other], { ...nothing, ...left })).toEqual([]);
  });

  test('whoever began anew keeps what he has since, but no key of before', () => {
    const again = status({ status: 'activated' });
    const kept = { ...nothing, versions: ['h1/d2/1'], branches: ['holder-h1-1'] };
    expect(erasureFaults([again], kept)).toEqual([]);
    expect(erasureFaults([again], { ...kept, branches: ['holder-h1'] })).toHaveLength(1);
  });
});

test('lines of a life that has ended ask for nothing any more', () => {
  const line = (holder: string, action: string, at: string) =>
    nextLine(genesis, {
      ...{ id: at, holder, at: Date.parse(at), action, channel: 'clock', policy: 'p' },
      ...{ actor: { kind: 'system', id: 's' }, object: { kind: 'record' } },
      ...{ outcome: 'done', visible: 'holder' },
    }).line;
  const lines = [
    line('h1', 'documents/deposit-document', '2022-01-01T00:00:00.000Z'),
    line('h2', 'documents/deposit-document', '2022-01-01T00:00:00.000Z'),
    line('h1', 'enrolment/begin-deletion', '2022-02-01T00:00:00.000Z'),
    line('h1', 'documents/deposit-document', '2022-03-01T00:00:00.000Z'),
  ];
  expect(ofThisLife(lines)).toEqual([lines[1], lines[3]]);
});

test('MIN-2: what leads who is invited to a child is no fault where he is nobody, since it goes by itself', () => {
  const hint = { pk: 'H#nobody', sk: 'CHILD#h1' };
  const found = (item: object) =>
    strayFaults([{ holder: 'h1' }], { people: [{ ...hint, ...item }], lines: [] });
  expect(found({ expiresAt: 1_700_000_000 })).toEqual([]);
  expect(found({})).toEqual(['nobody: CHILD#h1 without a record']);
});

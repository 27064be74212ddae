import { describe, expect, test } from 'vitest';
import { noticeFaults, vaultFaults } from '#infra/local/recount/vault.ts';
import { genesis, nextLine } from '#shared/journal/line.ts';
import type { JournalLine } from '#shared/journal/schema.ts';

const at = Date.parse('2022-03-22T08:00:00.000Z');
const { line: deposited } = nextLine(genesis, {
  ...{ id: 'a', holder: 'h1', lane: 3, at, policy: 'p', visible: 'holder', outcome: 'done' },
  ...{ actor: { kind: 'establishment', id: 'e' }, channel: 'api' },
  ...{ action: 'documents/deposit-document', object: { kind: 'document', id: 'd1' } },
});
const documents = [
  { pk: 'H#h1', sk: 'DOC#d1', version: 1 },
  { pk: 'H#h1', sk: 'UID#u1', document: 'd1' },
];
const content = 'h1/d1/1';
const notice = { pk: 'H#h1', sk: 'NOTICE#20220322T080000000Z-03-1', state: 'sent' };

describe('the vault against the journal', () => {
  test('that agree have no fault', () => {
    expect(vaultFaults(documents, [content], [deposited])).toEqual({ faults: [], strays: 0 });
  });

  test.each([
    ['a document without its line', documents, [content], []],
    ['a document without content', documents, [], [deposited]],
    ['a line without document', [], [content], [deposited]],
    ['told twice', documents, [content], [deposited, { ...deposited, seq: 2 }]],
    ['1 producers', [...documents, { pk: 'H#h1', sk: 'DOC#d2', version: 1 }], [content], []],
  ])('%s is told', (words, items, objects, lines) => {
    expect(vaultFaults(items, objects, lines).faults.join()).toContain(words);
  });

  test('ENR-20: a document that followed a merge, or came back out of one, is where it must be', () => {
    const at = (mark: object) =>
      documents.map((item) => ({ ...item, ...(item.sk === 'DOC#d1' ? mark : {}), pk: 'H#h2' }));
    const faults = (mark: object) => vaultFaults(at(mark), ['h2/d1/1'], [deposited]).faults;
    expect(faults({ origin: 'h1' })).toEqual([]);
    expect(faults({ returned: 'p1' })).toEqual([]);
    expect(faults({ origin: 'h3' })).not.toEqual([]);
    expect(faults({})).not.toEqual([]);
  });

  const dmp = { pk: 'H#h1', sk: 'DMP', name: 'p1', state: 'held', taken: 1, of: 1, rest: 'r1' };
  const heldOne = { pk: 'H#h1', sk: 'HELD#d2', version: 1, dmp: 'p1' };
  const moved = [
    { ...dmp, state: 'moved' },
    { ...heldOne, sk: 'DOC#d2' },
    { pk: 'H#h1', sk: 'UID#u2', document: 'd2' },
  ];
  const act = (name: string) => ({ ...deposited, seq: 9, action: `documents/${name}-dmp` });
  const contents = [content, 'h1/d2/1', 'h1/r1/1'];
  const [came, went] = [act('take-in'), act('transfer')];

  test('R1111-40: a DMP that is held, or has moved, has no fault', () => {
    const none = { faults: [], strays: 0 };
    const held = [...documents, dmp, heldOne];
    expect(vaultFaults(held, contents, [deposited, came])).toEqual(none);
    expect(vaultFaults([...documents, ...moved], contents, [deposited, came, went])).toEqual(none);
  });

  test.each([
    ['0 documents of a DMP, expected 1', [dmp], [came]],
    ['1 documents of a DMP, expected 0', [{ ...dmp, state: 'refused' }, heldOne], []],
    ['a DMP without its line', [dmp, heldOne], []],
    ['a move without its line', moved, [came]],
    ['moved, but 1 are held', [{ ...dmp, state: 'moved' }, heldOne], [came, went]],
    ['belongs to no DMP', [heldOne], []],
    ['a part of a DMP without content', [{ ...dmp, rest: 'r9' }, heldOne], [came]],
  ])('R1111-40: %s is told', (words, items, lines) => {
    const { faults } = vaultFaults([...documents, ...items], contents, [deposited, ...lines]);
    expect(faults.join()).toContain(words);
  });

  test('a content of no document is counted apart', () => {
    const { faults, strays } = vaultFaults(documents, [content, 'h1/d9/1'], [deposited]);
    expect([faults, strays]).toEqual([[], 1]);
  });
});

describe('the notices against the journal', () => {
  const told = (change: Partial<JournalLine>): JournalLine => ({ ...deposited, ...change });

  test('that agree have no fault', () => {
    expect(noticeFaults([notice], [deposited])).toEqual([]);
    expect(noticeFaults([{ ...notice, state: 'letter' }], [deposited])).toEqual([]);
  });

  test.each([
    ['was not told (undefined)', [], [deposited]],
    ['was not told (prepared)', [{ ...notice, state: 'prepared' }], [deposited]],
    ['was not told', [], [told({ action: 'enrolment/activate' })]],
    ['was not told', [], [told({ action: 'enrolment/request-deletion' })]],
    ['was not told', [], [told({ action: 'enrolment/reopen' })]],
    ['no such line', [notice], []],
  ])('%s is told', (words, notices, lines) => {
    expect(noticeFaults(notices, lines).join()).toContain(words);
  });

  test.each([
    ['what he did himself', { actor: { kind: 'holder', id: 'h1' } }],
    ['what he may not know', { visible: 'operator' }],
    ['a closure that a wish to delete told with it', { action: 'enrolment/close' }],
    ['what was refused', { outcome: 'refused' }],
    ['an opening, which an objection may reverse', { action: 'enrolment/open' }],
  ] as const)('%s need not be told', (_, change) => {
    expect(noticeFaults([], [told(change)])).toEqual([]);
  });
});

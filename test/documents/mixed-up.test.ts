import { describe, expect, test } from 'vitest';
import { historiesOf, listingsOf, whileMerged } from '#functions/documents/rules/mixed-up.ts';
import type { JournalLine } from '#shared/journal/schema.ts';

const line = (action: string, change: Partial<JournalLine> = {}): JournalLine => ({
  ...{ v: 1, id: 'l1', holder: 'h1', lane: 3, seq: 1, prev: 'A'.repeat(43) },
  at: '2022-02-07T09:00:00.000Z',
  actor: { kind: 'holder', id: 'h1' },
  ...{ channel: 'api', action, object: { kind: 'record' } },
  ...{ outcome: 'done', policy: 'access-1', visible: 'holder' },
  ...change,
});

describe('ENR-20, ACC-54: what was taken away while one record was two persons’', () => {
  test('is each file and each paper, and nothing else', () => {
    const lines = [
      line('journal/export-history'),
      line('journal/print-history'),
      line('journal/print-history', { actor: { kind: 'guardian', id: 'h2' }, onBehalfOf: 'h1' }),
      line('documents/search-documents'),
      line('documents/read-content'),
    ];
    expect([historiesOf(lines), listingsOf(lines), historiesOf([])]).toEqual([3, 1, 0]);
  });

  test('from the merge to the parting, their instants included; what was refused is none', () => {
    const of = (at: string, change: Partial<JournalLine> = {}) =>
      whileMerged([line('journal/export-history', { at, ...change })], {
        mergedAt: '2022-02-07T09:00:00.000Z',
        at: '2022-02-08T09:00:00.000Z',
      });
    const counts = ['07T08:59:59.999Z', '07T09:00:00.000Z', '08T09:00:00.000Z', '08T09:00:00.001Z'];
    expect(counts.map((at) => historiesOf(of(`2022-02-${at}`)))).toEqual([0, 1, 1, 0]);
    expect(historiesOf(of('2022-02-07T10:00:00.000Z', { outcome: 'refused' }))).toBe(0);
  });
});

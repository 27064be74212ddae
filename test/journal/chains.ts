import type { Export } from '#infra/local/verify/read-export.ts';
import { type Entry, genesis, type Head, nextLine } from '#shared/journal/line.ts';
import type { JournalLine } from '#shared/journal/schema.ts';

export const entry = (change: Partial<Entry> = {}): Entry => ({
  id: 'line-0',
  holder: 'h1',
  at: Date.parse('2022-02-07T09:00:00.123Z'),
  actor: { kind: 'professional', id: '899700000011', name: 'Docteur Hélène Inventée' },
  onBehalfOf: '899700000022',
  mode: 'normal',
  purpose: 'own-record',
  channel: 'api',
  place: 'home',
  action: 'documents/read-content',
  object: { kind: 'document', id: 'd1' },
  outcome: 'done',
  reason: 'none',
  policy: 'access-1',
  visible: 'holder',
  ...change,
});

/** So many lines of one lane, chained, and their end. */
export function chainOf(
  length: number,
  { lane = 0, ...change }: Partial<Entry> = {},
): { lines: JournalLine[]; head: Head & { lane: number } } {
  let head = genesis;
  const lines = Array.from({ length }, (_, at) => {
    const made = nextLine(head, entry({ id: `line-${lane}-${at}`, lane, ...change }));
    head = made.head;
    return made.line;
  });
  return { lines, head: { lane, ...head } };
}

/** An export as the endpoint makes it, of three lanes. */
export function exported(): Export & { lines: JournalLine[] } {
  const chains = [chainOf(5), chainOf(4, { lane: 3 }), chainOf(1, { lane: 8 })];
  const [first] = chains;
  return {
    holder: 'h1',
    exportedAt: '2022-02-08T09:00:00.000Z',
    merged: [],
    heads: chains.map(({ head }) => head),
    anchors: first ? [first.head] : [],
    lines: chains.flatMap(({ lines }) => lines),
  };
}

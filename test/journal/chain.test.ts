import { describe, expect, test } from 'vitest';
import { type Entry, genesis, hashOf, nextLine } from '#shared/journal/line.ts';
import { JournalLine } from '#shared/journal/schema.ts';
import { verifyChain } from '#shared/journal/verify.ts';

const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  holder: 'h1',
  at: Date.parse('2022-02-07T09:00:00.123Z'),
  actor: { kind: 'system', id: 'sending' },
  channel: 'mail',
  action: 'enrolment/send-invitation',
  object: { kind: 'record', from: 'known', to: 'invited', department: '12', wave: 'w1' },
  outcome: 'done',
  policy: 'enrolment-1',
  visible: 'holder',
  ...more,
});

function chain(length: number): JournalLine[] {
  let head = genesis;
  return Array.from({ length }, (_, n) => {
    const made = nextLine(head, entry(`line-${n}`));
    head = made.head;
    return made.line;
  });
}

describe('the chain of a holder', () => {
  test('a line is a journal line, version 1, numbered from 1 and bound to nothing before it', () => {
    const [line] = chain(1);
    expect(JournalLine.parse(line)).toMatchObject({ v: 1, seq: 1, lane: 0, prev: 'A'.repeat(43) });
    expect(line?.at).toBe('2022-02-07T09:00:00.123Z');
  });

  test('the hash of a known line is the one another language computes', () => {
    const [line] = chain(1);
    if (!line) throw new Error('no line');
    expect(hashOf(line)).toBe('lVn5a9chxJn_ohayOyIpsPtAjKRLqV0MWbpmtLhFO9k');
  });

  test('the hash does not depend on the order in which a store gives the fields back', () => {
    const [line] = chain(1);
    if (!line) throw new Error('no line');
    const turned = JournalLine.parse(Object.fromEntries(Object.entries(line).reverse()));
    expect(hashOf(turned)).toBe(hashOf(line));
  });

  test('a whole chain verifies, an empty one too', () => {
    expect(verifyChain(chain(20))).toEqual({ ok: true, lines: 20 });
    expect(verifyChain([])).toEqual({ ok: true, lines: 0 });
  });

  test('a line changed is found at the next one', () => {
    const lines = chain(5);
    const forged = lines.map((line, n) => (n === 2 ? { ...line, reason: 'forged' } : line));
    expect(verifyChain(forged)).toEqual({ ok: false, at: 3, fault: 'chain' });
  });

  test('a line left out is found', () => {
    const lines = chain(5);
    expect(verifyChain(lines.toSpliced(2, 1))).toEqual({ ok: false, at: 2, fault: 'gap' });
    expect(verifyChain(lines.slice(1))).toEqual({ ok: false, at: 0, fault: 'gap' });
  });

  test('lines doubled or exchanged are found', () => {
    const lines = chain(4);
    const [a, b, c, d] = lines;
    if (!a || !b || !c || !d) throw new Error('no lines');
    expect(verifyChain([a, b, b, c])).toEqual({ ok: false, at: 2, fault: 'order' });
    expect(verifyChain([a, c, b, d])).toEqual({ ok: false, at: 1, fault: 'gap' });
  });

  test('a line of somebody else or of another lane does not pass', () => {
    const [a, b] = chain(2);
    if (!a || !b) throw new Error('no lines');
    expect(verifyChain([a, { ...b, holder: 'h2' }])).toMatchObject({ fault: 'stranger', at: 1 });
    expect(verifyChain([a, { ...b, lane: 1 }])).toMatchObject({ fault: 'stranger', at: 1 });
  });
});

import { genesis, hashOf } from './line.ts';
import type { JournalLine } from './schema.ts';

export type Verdict =
  | { readonly ok: true; readonly lines: number }
  | {
      readonly ok: false;
      readonly at: number;
      readonly fault: 'order' | 'gap' | 'chain' | 'stranger';
    };

/**
 * Checks one chain (one holder, one lane) from its first line: numbers without gaps, each line bound
 * to the one before, all of one subject. Says the place (from 0) and kind of the first fault.
 */
export function verifyChain(lines: readonly JournalLine[]): Verdict {
  let head = genesis;
  const [first] = lines;
  for (const [at, line] of lines.entries()) {
    if (line.holder !== first?.holder || line.lane !== first.lane)
      return { ok: false, at, fault: 'stranger' };
    if (line.seq <= head.seq) return { ok: false, at, fault: 'order' };
    if (line.seq !== head.seq + 1) return { ok: false, at, fault: 'gap' };
    if (line.prev !== head.hash) return { ok: false, at, fault: 'chain' };
    head = { seq: line.seq, hash: hashOf(line) };
  }
  return { ok: true, lines: lines.length };
}

import { genesis, type Head, hashOf } from '#shared/journal/line.ts';
import { lineOf } from '#shared/journal/read.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import type { Item } from './read-tables.ts';

export interface Chain {
  lines: JournalLine[];
  head: Head;
}

/** The chains of the journal by their key, in order; a chain that does not verify is told as a fault. */
export function chainsOf(items: readonly Item[]): { chains: Map<string, Chain>; faults: string[] } {
  const byKey = new Map<string, Item[]>();
  for (const item of items) byKey.set(item.pk, [...(byKey.get(item.pk) ?? []), item]);
  const chains = new Map<string, Chain>();
  const faults: string[] = [];
  for (const [key, found] of byKey) {
    const lines = found.toSorted((a, b) => (a.sk < b.sk ? -1 : 1)).map(lineOf);
    const verdict = verifyChain(lines);
    if (!verdict.ok) faults.push(`journal ${key}: ${verdict.fault} at line ${verdict.at + 1}`);
    const last = lines.at(-1);
    chains.set(key, { lines, head: last ? { seq: last.seq, hash: hashOf(last) } : genesis });
  }
  return { chains, faults };
}

import { hash } from 'node:crypto';
import { canonical, type Json } from '../kernel/canonical.ts';
import type { JournalLine } from './schema.ts';

/** The end of a chain: the number of its last line and that line's hash. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** The head of a chain without lines. */
export const genesis: Head = { seq: 0, hash: 'A'.repeat(43) };

/** What the caller of an act knows of its line; place and link in the chain are added here. */
export type Entry = Omit<JournalLine, 'v' | 'lane' | 'seq' | 'prev' | 'at'> & {
  /** Instant in milliseconds. */
  readonly at: number;
  readonly lane?: number;
};

/** Hash of a line, 43 base64url characters: SHA-256 over 0x00 (a leaf, RFC 6962) and its canonical JSON. */
export function hashOf(line: JournalLine): string {
  return hash('sha256', `\0${canonical(line)}`, 'base64url');
}

/** The same of what stands where a line should, whatever it is: what follows is bound to it nevertheless. */
export function hashOfDamage(kept: { readonly [name: string]: Json }): string {
  return hash('sha256', `\0${canonical(kept)}`, 'base64url');
}

/** The line that follows a head, and the head after it. */
export function nextLine(head: Head, entry: Entry): { line: JournalLine; head: Head } {
  // Without taking the entry apart: what is left of an object is slow to read, and all of it is hashed.
  const line: JournalLine = {
    v: 1,
    ...entry,
    lane: entry.lane ?? 0,
    seq: head.seq + 1,
    prev: head.hash,
    at: new Date(entry.at).toISOString(),
  };
  return { line, head: { seq: line.seq, hash: hashOf(line) } };
}

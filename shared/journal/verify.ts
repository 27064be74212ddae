import * as z from 'zod';
import { genesis, type Head, hashOf } from './line.ts';
import type { JournalLine } from './schema.ts';

const place = { lane: z.int().min(0).max(63), seq: z.int().min(0) };
const digest = z.string().length(43);

/** The end of a lane, or a place in it that something outside the journal vouches for. */
export const Anchor = z.strictObject({ ...place, hash: digest });
export type Anchor = z.infer<typeof Anchor>;

/**
 * A line that the reader may not see: its place, what it is bound to and what the next is bound to, so
 * that the chain around it holds together. What stood in it cannot be verified by the reader.
 */
export const Withheld = z.strictObject({
  withheld: z.literal(true),
  ...place,
  prev: digest,
  hash: digest,
});
export type Withheld = z.infer<typeof Withheld>;

/** What stands where a line should and is none: a damage, told as such. */
export const Unreadable = z.strictObject({ unreadable: z.literal(true), ...place });
export type Unreadable = z.infer<typeof Unreadable>;

export type Kept = JournalLine | Withheld | Unreadable;

/**
 * What may be wrong with a chain. `gap`: a number is missing; `order`: a number comes again; `chain`: not
 * bound to the line before, so one of the two was changed; `stranger`: a line of somebody else or of
 * another lane; `unreadable`: no line; `changed`: not what is vouched for; `cut`: ends too early.
 */
export type Fault = 'order' | 'gap' | 'chain' | 'stranger' | 'unreadable' | 'changed' | 'cut';

export type Verdict =
  | { readonly ok: true; readonly lines: number }
  | { readonly ok: false; readonly at: number; readonly fault: Fault };

/**
 * Follows one chain (one holder, one lane) from its first line on; each line is given in turn. Numbers
 * without gaps, each line bound to the one before, all of one subject. A changed or cut end is seen only
 * against anchors: ends that were known before, or that stand elsewhere.
 */
export function followChain(of: { holder: string; lane: number }, anchors: readonly Head[] = []) {
  // Two may vouch for one place, and both must agree with what stands there.
  const vouched = Map.groupBy(anchors, ({ seq }) => seq);
  const last = Math.max(0, ...vouched.keys());
  let head = genesis;
  const faultOf = (line: Kept): Fault | undefined => {
    if (line.lane !== of.lane) return 'stranger';
    if ('unreadable' in line) return 'unreadable';
    if (!('withheld' in line) && line.holder !== of.holder) return 'stranger';
    if (line.seq <= head.seq) return 'order';
    if (line.seq !== head.seq + 1) return 'gap';
    if (line.prev !== head.hash) return 'chain';
    const hash = 'withheld' in line ? line.hash : hashOf(line);
    head = { seq: line.seq, hash };
    return vouched.get(line.seq)?.some((one) => one.hash !== hash) ? 'changed' : undefined;
  };
  return {
    /** The fault of the next line, if it has one. */
    next: faultOf,
    /** The fault of the chain's end, when all lines were given. */
    end: (): Fault | undefined => (head.seq < last ? 'cut' : undefined),
    head: (): Head => head,
  };
}

/**
 * Checks one whole chain; says the place (from 0) and kind of the first fault. A cut end has the place
 * after the last line.
 */
export function verifyChain(lines: readonly Kept[], anchors: readonly Head[] = []): Verdict {
  const [first] = lines;
  const named = lines.find((line): line is JournalLine => 'holder' in line);
  const chain = followChain({ holder: named?.holder ?? '', lane: first?.lane ?? 0 }, anchors);
  for (const [at, line] of lines.entries()) {
    const fault = chain.next(line);
    if (fault) return { ok: false, at, fault };
  }
  const fault = chain.end();
  return fault ? { ok: false, at: lines.length, fault } : { ok: true, lines: lines.length };
}

import * as z from 'zod';
import { genesis, type Head, hashOf, hashOfDamage } from './line.ts';
import { JournalLine } from './schema.ts';
import type { Unreadable } from './verify.ts';

const Stored = z.looseObject({ pk: z.string(), sk: z.string() });
const Damaged = z.record(z.string(), z.json()).catch({});

/** A line from its stored item (plain values): the keys are dropped, the rest must be a line. */
export function lineOf(item: unknown): JournalLine {
  const { pk: _pk, sk: _sk, ...line } = Stored.parse(item);
  return JournalLine.parse(line);
}

/** A line from its stored item, or the place where there is something that is no line. */
export function lineOrDamage(item: unknown): JournalLine | Unreadable {
  const { pk, sk, ...line } = Stored.parse(item);
  const read = JournalLine.safeParse(line);
  if (read.success) return read.data;
  return { unreadable: true, lane: Number(pk.split('#').at(-1)), seq: Number(sk) };
}

/**
 * The end of a chain from its last item. A damaged one ends it like any other: the next line is bound to
 * what stands there, so whoever was denied access by it would be denied for ever, and the damage stays
 * as evident as it is (`unreadable`).
 */
export function headAt(item: unknown): Head {
  if (item === undefined) return genesis;
  const read = lineOrDamage(item);
  if (!('unreadable' in read)) return { seq: read.seq, hash: hashOf(read) };
  const { pk: _pk, sk: _sk, ...kept } = Stored.parse(item);
  return { seq: read.seq, hash: hashOfDamage(Damaged.parse(kept)) };
}

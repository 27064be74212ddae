import * as z from 'zod';
import { JournalLine } from './schema.ts';
import type { Unreadable } from './verify.ts';

const Stored = z.looseObject({ pk: z.string(), sk: z.string() });

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

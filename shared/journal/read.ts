import * as z from 'zod';
import { JournalLine } from './schema.ts';

const Stored = z.looseObject({ pk: z.string(), sk: z.string() });

/** A line from its stored item (plain values): the keys are dropped, the rest must be a line. */
export function lineOf(item: unknown): JournalLine {
  const { pk: _pk, sk: _sk, ...line } = Stored.parse(item);
  return JournalLine.parse(line);
}

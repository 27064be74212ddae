import * as z from 'zod';
import { env } from '../env.ts';
import { JournalLine } from './schema.ts';

const { JOURNAL_TABLE: TableName } = env({ JOURNAL_TABLE: z.string().min(1) });

const two = (lane: number): string => String(lane).padStart(2, '0');

/**
 * The part of a transaction that appends a line; a chain never forks, since a number is taken once.
 * Throws on what is no line: it would be committed and never read again.
 */
export function journalWrite(given: JournalLine) {
  const line = JournalLine.parse(given);
  return {
    Put: {
      TableName,
      Item: {
        pk: `${line.holder}#${two(line.lane)}`,
        sk: String(line.seq).padStart(12, '0'),
        ...line,
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

import * as z from 'zod';
import { env } from '../env.ts';
import type { JournalLine } from './schema.ts';

const { JOURNAL_TABLE: TableName } = env({ JOURNAL_TABLE: z.string().min(1) });

const two = (lane: number): string => String(lane).padStart(2, '0');

/** The part of a transaction that appends a line; a chain never forks, since a number is taken once. */
export function journalWrite(line: JournalLine) {
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

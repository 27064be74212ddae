import { chainPk, lineSk, TableName } from './keys.ts';
import { JournalLine } from './schema.ts';

/**
 * The part of a transaction that appends a line; a chain never forks, since a number is taken once.
 * Throws on what is no line: it would be committed and never read again.
 */
export function journalWrite(given: JournalLine) {
  const line = JournalLine.parse(given);
  return {
    Put: {
      TableName,
      Item: { pk: chainPk(line.holder, line.lane), sk: lineSk(line.seq), ...line },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

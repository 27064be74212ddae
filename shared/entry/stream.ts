import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { lineOf } from '../journal/read.ts';
import type { JournalLine } from '../journal/schema.ts';
import { anonymous, logDamage } from '../log.ts';

const Image = z.record(
  z.string(),
  z.custom<AttributeValue>((value) => typeof value === 'object'),
);

const Records = z.array(
  z.object({
    eventName: z.string(),
    dynamodb: z.object({ SequenceNumber: z.string(), NewImage: Image.optional() }),
  }),
);

/** A line as the journal's stream delivers it; numbers grow within a shard. */
export interface Streamed {
  readonly sequence: string;
  readonly line: JournalLine;
}

/**
 * The new lines among a stream’s records, in their order; a line that goes tells nothing. A line that
 * cannot be read is set aside with an error in the log: it would hold up all that come after it.
 */
export function linesOf(records: unknown): Streamed[] {
  return Records.parse(records).flatMap(({ eventName, dynamodb }) => {
    const { SequenceNumber: sequence, NewImage } = dynamodb;
    if (eventName !== 'INSERT' || !NewImage) return [];
    try {
      return [{ sequence, line: lineOf(unmarshall(NewImage)) }];
    } catch (error) {
      logDamage({ event: 'line-unreadable', code: sequence, ...anonymous(error) });
      return [];
    }
  });
}

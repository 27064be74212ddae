import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { lineOf } from '../journal/read.ts';
import type { JournalLine } from '../journal/schema.ts';

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

/** The new lines among a stream's records, in their order. The journal only ever grows. */
export function linesOf(records: unknown): Streamed[] {
  return Records.parse(records).flatMap(({ eventName, dynamodb }) =>
    eventName === 'INSERT' && dynamodb.NewImage
      ? [{ sequence: dynamodb.SequenceNumber, line: lineOf(unmarshall(dynamodb.NewImage)) }]
      : [],
  );
}

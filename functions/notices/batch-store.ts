import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { overVersion } from '#shared/aws/over-version.ts';
import { Posting, Returned } from '#shared/http/print-reports.ts';
import { TableName } from './table.ts';

const instant = z.iso.datetime({ precision: 3 });

/** Sheets that were given out for the print shop. Whose they are stands with the letters of the day. */
export const NoticeBatch = z.object({
  batch: z.string(),
  day: z.string(),
  /** Its letters come after this holder, up to `last`. */
  after: z.string().optional(),
  last: z.string(),
  readyAt: instant,
  sha256: z.string(),
  sizeBytes: z.int(),
  /** What stands on which sheet, in their order. */
  references: z.array(z.string()),
  posting: Posting.optional(),
  returns: z.array(Returned).optional(),
  version: z.int(),
  /** The end of its own chain in the journal (subject `letters:<name>`). */
  headSeq: z.int(),
  headHash: z.string(),
});
export type NoticeBatch = z.infer<typeof NoticeBatch>;

/** How far the printing has come: all letters of earlier days, and of this one up to a holder. */
export const Progress = z.object({
  day: z.string(),
  after: z.string().optional(),
  /** Number of the next batch of the day. */
  part: z.int(),
  version: z.int(),
});
export type Progress = z.infer<typeof Progress>;

const batchPk = 'BATCHES';
const progressKey = { pk: 'PRINTING', sk: 'progress' };

async function itemAt(Key: { pk: string; sk: string }) {
  return (await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
}

export async function loadBatch(batch: string): Promise<NoticeBatch | undefined> {
  return NoticeBatch.optional().parse(await itemAt({ pk: batchPk, sk: batch }));
}

export async function loadProgress(): Promise<Progress | undefined> {
  return Progress.optional().parse(await itemAt(progressKey));
}

/** Only over the version that was read, or where there is none. */
export function batchWrite(next: NoticeBatch, before: number | undefined) {
  return {
    Put: { TableName, Item: { pk: batchPk, sk: next.batch, ...next }, ...overVersion(before) },
  };
}

/** Only over the version that was read, or where there is none. */
export function progressWrite(next: Progress, before: number | undefined) {
  return { Put: { TableName, Item: { ...progressKey, ...next }, ...overVersion(before) } };
}

/** A page of batches, latest day first, and the cursor after it. */
export async function listBatches(page: { after: string | undefined; limit: number }) {
  const { after } = page;
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: after ? 'pk = :pk AND sk < :after' : 'pk = :pk',
    ExpressionAttributeValues: { ':pk': batchPk, ...(after ? { ':after': after } : {}) },
    ScanIndexForward: false,
    ConsistentRead: true,
    Limit: page.limit,
  });
  const { Items = [], LastEvaluatedKey } = await dynamo.send(query);
  const batches = z.array(NoticeBatch).parse(Items);
  return { batches, next: LastEvaluatedKey ? batches.at(-1)?.batch : undefined };
}

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws/dynamo.ts';
import { chainPk, lineSk, TableName } from './keys.ts';
import type { Head } from './line.ts';
import { headAt, lineOrDamage } from './read.ts';
import type { JournalLine } from './schema.ts';

/**
 * The end of a holder's lane (half a read unit). Eventually consistent unless asked otherwise: who
 * appends to a stale head fails the condition and reads afresh.
 */
export async function loadHead(
  holder: string,
  lane: number,
  { consistent = false } = {},
): Promise<Head> {
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': chainPk(holder, lane) },
    ScanIndexForward: false,
    Limit: 1,
    ConsistentRead: consistent,
  });
  const { Items = [] } = await dynamo.send(query);
  return headAt(Items[0]);
}

/**
 * What stands in a lane from a number on (consistent): whether a line is among it that was written
 * though its answer was lost, and where the lane ends now.
 */
export async function loadSince(at: {
  holder: string;
  lane: number;
  seq: number;
}): Promise<{ lines: JournalLine[]; head: Head }> {
  const lines: JournalLine[] = [];
  let last: unknown;
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk >= :sk',
        ExpressionAttributeValues: { ':pk': chainPk(at.holder, at.lane), ':sk': lineSk(at.seq) },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    const read = Items.map(lineOrDamage);
    lines.push(...read.filter((line): line is JournalLine => !('unreadable' in line)));
    last = Items.at(-1) ?? last;
    if (!LastEvaluatedKey) break;
    from = LastEvaluatedKey;
  }
  if (last !== undefined) return { lines, head: headAt(last) };
  // The lane ended before this number, so the head that was read was no head at all: read it anew.
  const head = await loadHead(at.holder, at.lane, { consistent: true });
  // Who wrote between the two looks is among the lines, or his line would be written twice.
  return head.seq >= at.seq ? loadSince(at) : { lines, head };
}

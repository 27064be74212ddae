import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '#shared/aws/dynamo.ts';
import { lineOf } from '#shared/journal/read.ts';
import type { JournalLine } from '#shared/journal/schema.ts';

/** The lines of somebody's lane 0, as they stand. */
export async function chainOf(holder: string): Promise<JournalLine[]> {
  const query = new QueryCommand({
    TableName: process.env.JOURNAL_TABLE,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `${holder}#00` },
    ConsistentRead: true,
  });
  const { Items = [] } = await dynamo.send(query);
  return Items.map(lineOf);
}

import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { isConditionFailed } from '#shared/aws/faults.ts';
import { TableName } from './table.ts';

const pk = 'DEADLINES';

const noted = new Set<string>();

/**
 * Notes that people have this deadline, before the first of them gets it: the opening finds its work
 * here. One item for each sending day and time zone.
 */
export async function noteDeadline(deadlineAt: string): Promise<void> {
  if (noted.has(deadlineAt)) return;
  const put = new PutCommand({
    TableName,
    Item: { pk, sk: deadlineAt },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await dynamo.send(put).catch((error: unknown) => {
    if (!isConditionFailed(error)) throw error;
  });
  noted.add(deadlineAt);
}

/** Nothing is left under this deadline. */
export async function closeDeadline(deadlineAt: string): Promise<void> {
  await dynamo.send(new PutCommand({ TableName, Item: { pk, sk: deadlineAt, done: true } }));
}

/** Deadlines before an instant that are not done. */
export async function passedDeadlines(now: number): Promise<string[]> {
  const passed: string[] = [];
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk < :now',
        FilterExpression: 'attribute_not_exists(done)',
        ExpressionAttributeValues: { ':pk': pk, ':now': new Date(now).toISOString() },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    passed.push(
      ...z
        .array(z.object({ sk: z.string() }))
        .parse(Items)
        .map(({ sk }) => sk),
    );
    if (!LastEvaluatedKey) return passed;
    from = LastEvaluatedKey;
  }
}

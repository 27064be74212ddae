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

/** Deadlines before an instant (ms) that are not done. */
export const passedDeadlines = (now: number): Promise<string[]> =>
  deadlines({
    KeyConditionExpression: 'pk = :pk AND sk < :now',
    FilterExpression: 'attribute_not_exists(done)',
    ExpressionAttributeValues: { ':pk': pk, ':now': new Date(now).toISOString() },
  });

/** Deadlines from an instant on until another one (ms). */
export const deadlinesBetween = (from: number, until: number): Promise<string[]> =>
  deadlines({
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
    ExpressionAttributeValues: {
      ...{ ':pk': pk, ':from': new Date(from).toISOString() },
      ':until': new Date(until).toISOString(),
    },
  });

type Asked = Omit<ConstructorParameters<typeof QueryCommand>[0], 'TableName'>;

async function deadlines(asked: Asked): Promise<string[]> {
  const found: string[] = [];
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        ...{ TableName, ConsistentRead: true, ...asked },
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    const page = z.array(z.object({ sk: z.string() })).parse(Items);
    found.push(...page.map(({ sk }) => sk));
    if (!LastEvaluatedKey) return found;
    from = LastEvaluatedKey;
  }
}

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '../aws/dynamo.ts';
import { holderPk, TableName } from './table.ts';

const keyOf = (guardian: string, child: string) => ({
  pk: holderPk(guardian),
  sk: `CHILD#${child}`,
});

const keptSeconds = 86_400;

/**
 * The part of a transaction by which a guardian finds a child's record: a hint, the child's status decides. `until` (ms)
 * of who is invited only, who may be nobody: nothing of it is left a day later.
 */
export function childHint(of: { guardian: string; child: string; until?: number }) {
  const { until } = of;
  const expires = until === undefined ? {} : { expiresAt: Math.ceil(until / 1000) + keptSeconds };
  return {
    Put: { TableName, Item: { ...keyOf(of.guardian, of.child), child: of.child, ...expires } },
  };
}

/** The part of a transaction that takes the hint away. */
export function childHintEnd(of: { guardian: string; child: string }) {
  return { Delete: { TableName, Key: keyOf(of.guardian, of.child) } };
}

/** The children in whose records a holder may have a part: each is to be looked at by its status. */
export async function listChildren(guardian: string): Promise<string[]> {
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeValues: { ':pk': holderPk(guardian), ':sk': 'CHILD#' },
    ConsistentRead: true,
  });
  const { Items = [] } = await dynamo.send(query);
  return z
    .array(z.object({ child: z.string() }))
    .parse(Items)
    .map(({ child }) => child);
}

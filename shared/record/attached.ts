import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '../aws/dynamo.ts';
import { holderPk, TableName } from './table.ts';

const prefix = 'ATTACHED#';
const keyOf = ({ guardian, child }: Attached) => ({
  pk: holderPk(guardian),
  sk: `${prefix}${child}`,
});

/** Whom the insurance body attaches a child to. */
interface Attached {
  readonly guardian: string;
  readonly child: string;
}

/** The part of a transaction by which a guardian's children are known: a hint, each child's status decides. */
export function attachedWrite(of: Attached) {
  return { Put: { TableName, Item: { ...keyOf(of), child: of.child } } };
}

/** The part of a transaction that takes the hint away. */
export function attachedEnd(of: Attached) {
  return { Delete: { TableName, Key: keyOf(of) } };
}

/** The children who may be attached to a record, so many at most (consistent). */
export async function listAttached(guardian: string, most: number): Promise<string[]> {
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeValues: { ':pk': holderPk(guardian), ':sk': prefix },
    ConsistentRead: true,
    Limit: most,
  });
  const { Items = [] } = await dynamo.send(query);
  return z
    .array(z.object({ child: z.string() }))
    .parse(Items)
    .map(({ child }) => child);
}

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import type { Actions } from '#shared/aws/transact.ts';
import type { Status } from './stored.ts';
import { TableName } from './table.ts';

const pkOf = (batch: string): string => `WITHHELD#${batch}`;

/** The part of a transaction that says that a printed letter is not to be posted (ENR-46). */
export function withheldWrite({ batch, reference }: { batch: string; reference: string }) {
  return { Put: { TableName, Item: { pk: pkOf(batch), sk: reference } } };
}

/**
 * The part of a transaction that keeps a letter back which is its person's no more: printed, not known to be posted, and
 * not in the record as it becomes (ENR-46). Who decided, or was informed another way, is not to be written to.
 */
export function keptBack(
  { letter }: Pick<Status, 'letter'>,
  becomes: Pick<Status, 'letter'>,
): Actions {
  if (!letter || letter.postedOn !== undefined) return [];
  return becomes.letter?.reference === letter.reference ? [] : [withheldWrite(letter)];
}

/** References of a batch's letters that are not to be posted; at most a batch's 500. */
export async function loadWithheld(batch: string): Promise<string[]> {
  const { Items } = await dynamo.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pkOf(batch) },
      ConsistentRead: true,
    }),
  );
  return z
    .array(z.object({ sk: z.string() }))
    .parse(Items ?? [])
    .map(({ sk }) => sk);
}

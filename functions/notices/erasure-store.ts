import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { letterKey } from './letter-store.ts';
import { noticePk } from './notice-store.ts';
import { TableName } from './table.ts';

const Placed = z.object({
  pk: z.string(),
  sk: z.string(),
  letterOn: z.string().optional(),
  /** Further days, of what could not be posted at first. */
  letterDays: z.set(z.string()).optional(),
});

/** Deletes all notices of a holder, and the letters in which they stand: a letter before its last notice. */
export async function eraseNotices(holder: string): Promise<void> {
  for (;;) {
    const { Items } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ProjectionExpression: 'pk, sk, letterOn, letterDays',
        ExpressionAttributeValues: { ':pk': noticePk(holder) },
        ConsistentRead: true,
      }),
    );
    const found = z.array(Placed).parse(Items ?? []);
    if (found.length === 0) return;
    const days = new Set(
      found.flatMap(({ letterOn, letterDays = [] }) => [
        ...letterDays,
        ...(letterOn ? [letterOn] : []),
      ]),
    );
    for (const day of days) await erase(letterKey(day, holder));
    for (const { pk, sk } of found) await erase({ pk, sk });
  }
}

async function erase(Key: { pk: string; sk: string }): Promise<void> {
  await dynamo.send(new DeleteCommand({ TableName, Key }));
}

import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { newId } from '#shared/random.ts';
import { TableName } from './table.ts';

/** An attempt's place in the counters: by network, and by network on one person, each hour anew. */
export interface Counted {
  readonly network: string;
  readonly holder: string;
  /** `YYYY-MM-DDTHH`, UTC. */
  readonly hour: string;
}

/** Kept a little longer than the hour they count. */
const keptSeconds = 2 * 3600;

const networkKey = ({ network, hour }: Counted) => ({ pk: `NET#${network}`, sk: hour });
const tryKey = ({ network, holder, hour }: Counted) => ({
  pk: `H#${holder}`,
  sk: `TRY#${network}#${hour}`,
});

async function countAt(Key: { pk: string; sk: string }): Promise<number> {
  const get = new GetCommand({ TableName, Key, ConsistentRead: true });
  const { Item } = await dynamo.send(get);
  return z.object({ count: z.int() }).optional().parse(Item)?.count ?? 0;
}

export const networkFailures = (at: Counted): Promise<number> => countAt(networkKey(at));
export const softFailures = (at: Counted): Promise<number> => countAt(tryKey(at));

/** Counts one failure of a network, and of that network on this person. */
export function failureWrites(at: Counted, now: number) {
  return [networkKey(at), tryKey(at)].map((Key) => ({
    Update: {
      TableName,
      Key,
      UpdateExpression: 'ADD #count :one SET expiresAt = :expiresAt',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: {
        ':one': 1,
        ':expiresAt': Math.floor(now / 1000) + keptSeconds,
      },
    },
  }));
}

/** Writes that change nothing for anybody: an attempt on nobody takes as long as one on somebody. */
export function decoyWrites(writes: number, now: number) {
  return Array.from({ length: writes }, () => ({
    Put: {
      TableName,
      Item: {
        pk: `DECOY#${newId()}`,
        sk: 'DECOY',
        padding: 'x'.repeat(400),
        expiresAt: Math.floor(now / 1000) + keptSeconds,
      },
    },
  }));
}

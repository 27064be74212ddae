import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { keyOf, stripeOf } from './counter-store.ts';
import type { Change, Place } from './rules.ts';
import { TableName } from './table.ts';

const shardKey = (shard: string) => ({ pk: `SHARD#${shard}`, sk: 'SHARD' });

const Checkpoint = z.object({ sequence: z.string() });

/** The last sequence number of a stream's shard that was counted. */
export async function loadCheckpoint(shard: string): Promise<string | undefined> {
  const get = new GetCommand({ TableName, Key: shardKey(shard), ConsistentRead: true });
  const { Item } = await dynamo.send(get);
  return Checkpoint.optional().parse(Item)?.sequence;
}

export interface Counting {
  readonly shard: string;
  readonly before: string | undefined;
  readonly after: string;
  readonly changes: readonly Change[];
  /** Instant of the last line counted. */
  readonly at: string;
}

/** How many places one transaction may change, beside the checkpoint. */
export const mostPlaces = 99;

/** A name for a place: two that are the same have the same. */
export function nameOf(place: Place): string {
  const { pk, sk } = keyOf(place, '');
  return `${pk} ${sk}`;
}

interface Sums {
  readonly place: Place;
  readonly counters: Map<string, number>;
}

/** Adds up the changes and moves the checkpoint in one transaction: a batch counts once. */
export async function count({ shard, before, after, changes, at }: Counting): Promise<void> {
  const sums = new Map<string, Sums>();
  for (const { place, counter, by } of changes) {
    const sum = sums.get(nameOf(place)) ?? { place, counters: new Map<string, number>() };
    sum.counters.set(counter, (sum.counters.get(counter) ?? 0) + by);
    sums.set(nameOf(place), sum);
  }
  const Put = {
    TableName,
    Item: { ...shardKey(shard), sequence: after },
    ...(before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#sequence = :before',
          ExpressionAttributeNames: { '#sequence': 'sequence' },
          ExpressionAttributeValues: { ':before': before },
        }),
  };
  const stripe = stripeOf(shard);
  const updates = [...sums.values()].map((sum) => addition(sum, stripe, at));
  await dynamo.send(new TransactWriteCommand({ TransactItems: [{ Put }, ...updates] }));
}

function addition({ place, counters }: Sums, stripe: string, at: string) {
  const moved = [...counters].filter(([, by]) => by !== 0);
  const names = Object.fromEntries(moved.map(([counter], n) => [`#c${n}`, counter]));
  const values = Object.fromEntries(moved.map(([, by], n) => [`:c${n}`, by]));
  const adds = moved.map((_, n) => `#c${n} :c${n}`).join(', ');
  return {
    Update: {
      TableName,
      Key: keyOf(place, stripe),
      UpdateExpression: `SET lastAt = :at${adds ? ` ADD ${adds}` : ''}`,
      ...(adds ? { ExpressionAttributeNames: names } : {}),
      ExpressionAttributeValues: { ':at': at, ...values },
    },
  };
}

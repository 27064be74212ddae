import { GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { env } from '#shared/env.ts';
import type { Change } from './rules.ts';

const { STATISTICS_TABLE: TableName } = env({ STATISTICS_TABLE: z.string().min(1) });

const pk = 'ENROLMENT';
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

/** How many places (wave and département) one transaction may change, beside the checkpoint. */
export const mostPlaces = 99;

export const placeOf = ({ wave, department }: Pick<Change, 'wave' | 'department'>): string =>
  `${wave}#${department}`;

/** Adds up the changes and moves the checkpoint in one transaction: a batch counts once. */
export async function count({ shard, before, after, changes, at }: Counting): Promise<void> {
  const sums = new Map<string, Map<string, number>>();
  for (const change of changes) {
    const place = sums.get(placeOf(change)) ?? new Map<string, number>();
    place.set(change.counter, (place.get(change.counter) ?? 0) + change.by);
    sums.set(placeOf(change), place);
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
  const updates = [...sums].map(([sk, counters]) => addition(sk, counters, at));
  await dynamo.send(new TransactWriteCommand({ TransactItems: [{ Put }, ...updates] }));
}

function addition(sk: string, counters: ReadonlyMap<string, number>, at: string) {
  const moved = [...counters].filter(([, by]) => by !== 0);
  const names = Object.fromEntries(moved.map(([counter], n) => [`#c${n}`, counter]));
  const values = Object.fromEntries(moved.map(([, by], n) => [`:c${n}`, by]));
  const adds = moved.map((_, n) => `#c${n} :c${n}`).join(', ');
  return {
    Update: {
      TableName,
      Key: { pk, sk },
      UpdateExpression: `SET lastAt = :at${adds ? ` ADD ${adds}` : ''}`,
      ...(adds ? { ExpressionAttributeNames: names } : {}),
      ExpressionAttributeValues: { ':at': at, ...values },
    },
  };
}

const Place = z.looseObject({ sk: z.string(), lastAt: z.string() });
export type Place = z.infer<typeof Place>;

/** The counters of one wave, or of all. */
export async function loadPlaces(wave: string | undefined): Promise<Place[]> {
  const places: Place[] = [];
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: wave ? 'pk = :pk AND begins_with(sk, :wave)' : 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk, ...(wave ? { ':wave': `${wave}#` } : {}) },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    places.push(...z.array(Place).parse(Items));
    if (!LastEvaluatedKey) return places;
    from = LastEvaluatedKey;
  }
}

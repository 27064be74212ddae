import { hash } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import type { Day } from '#shared/kernel/calendar.ts';
import type { Place } from './rules.ts';
import { TableName } from './table.ts';

/**
 * National counters are spread over so many items, by the stream's shard: two shards that count at the
 * same moment seldom want the same item. A reader adds them up.
 */
const stripes = 16;

/** The stripe in which a shard of the stream counts. */
export function stripeOf(shard: string): string {
  const first = hash('sha256', shard, 'buffer').readUInt8(0);
  return String(first % stripes).padStart(2, '0');
}

/** The key of a counter's item. */
export function keyOf(place: Place, stripe: string): { pk: string; sk: string } {
  switch (place.by) {
    case 'wave':
      return { pk: 'ENROLMENT', sk: `${place.wave}#${place.department}` };
    case 'cohort':
      return { pk: 'COHORT', sk: `${place.cohort}#${stripe}` };
    case 'channel':
      return { pk: 'CHANNEL', sk: `${place.channel}#${stripe}` };
    case 'day':
      return { pk: daysPk(place.department), sk: `${place.day}#${stripe}` };
  }
}

const daysPk = (department: string | undefined): string =>
  department === undefined ? 'DAYS' : `DAYS#${department}`;

const Item = z.looseObject({ sk: z.string(), lastAt: z.string() });

/** Counters by their names, of one place. */
export interface Counted {
  readonly name: string;
  readonly lastAt: string;
  readonly counters: Readonly<Record<string, number>>;
}

const numbers = (item: z.infer<typeof Item>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) =>
      typeof value === 'number' ? [[name, value] as const] : [],
    ),
  );

async function query(
  pk: string,
  sk: { from: string; to: string } | undefined,
): Promise<z.infer<typeof Item>[]> {
  const items: z.infer<typeof Item>[] = [];
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: sk ? 'pk = :pk AND sk BETWEEN :from AND :to' : 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk, ...(sk && { ':from': sk.from, ':to': sk.to }) },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    items.push(...z.array(Item).parse(Items));
    if (!LastEvaluatedKey) return items;
    from = LastEvaluatedKey;
  }
}

/** Adds up the stripes of each name. */
function summed(items: readonly z.infer<typeof Item>[]): Counted[] {
  const sums = new Map<
    string,
    { name: string; lastAt: string; counters: Record<string, number> }
  >();
  for (const item of items) {
    const [name = ''] = item.sk.split('#');
    const sum = sums.get(name) ?? { name, lastAt: '', counters: {} };
    if (item.lastAt > sum.lastAt) sum.lastAt = item.lastAt;
    for (const [counter, value] of Object.entries(numbers(item)))
      sum.counters[counter] = (sum.counters[counter] ?? 0) + value;
    sums.set(name, sum);
  }
  return [...sums.values()];
}

/** The counters of one wave, or of all; named `<wave>#<département>`. */
export async function loadPlaces(wave: string | undefined): Promise<Counted[]> {
  const items = await query('ENROLMENT', wave ? { from: `${wave}#`, to: `${wave}#~` } : undefined);
  return items.map((item) => ({ name: item.sk, lastAt: item.lastAt, counters: numbers(item) }));
}

/** The counters by decade of birth or by channel of information. */
export const loadBy = async (by: 'cohort' | 'channel'): Promise<Counted[]> =>
  summed(await query(by === 'cohort' ? 'COHORT' : 'CHANNEL', undefined));

/** What changed on each Paris day up to one, in the country or in a département, in their order. */
export async function loadDays(
  range: { from?: Day | undefined; to: Day },
  department?: string,
): Promise<Counted[]> {
  const between = { from: range.from ?? '0', to: `${range.to}#~` };
  return summed(await query(daysPk(department), between));
}

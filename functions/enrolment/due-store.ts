import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { TableName } from './table.ts';

const pageSize = 500;

/** A partition of the due index, or those in it whose sort keys begin alike. */
const within = (duePk: string, prefix: string | undefined) => ({
  ...{ TableName, IndexName: 'due' },
  KeyConditionExpression:
    prefix === undefined ? 'duePk = :pk' : 'duePk = :pk AND begins_with(dueSk, :prefix)',
  ExpressionAttributeValues: {
    ':pk': duePk,
    ...(prefix === undefined ? {} : { ':prefix': prefix }),
  },
});

/** Whether anybody stands in a partition of the due index, as far as the index knows by now. */
export async function isAnybodyDue(duePk: string, prefix?: string): Promise<boolean> {
  const { Items = [] } = await dynamo.send(
    new QueryCommand({
      ...within(duePk, prefix),
      Limit: 1,
    }),
  );
  return Items.length > 0;
}

/** How many stand in a partition of the due index, as far as the index knows; `more` where counting was ended. */
export async function countDue(
  duePk: string,
  goesOn: () => boolean,
  prefix?: string,
): Promise<{ people: number; more: boolean }> {
  let people = 0;
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Count = 0, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        ...within(duePk, prefix),
        Select: 'COUNT',
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    people += Count;
    if (!LastEvaluatedKey) return { people, more: false };
    if (!goesOn()) return { people, more: true };
    from = LastEvaluatedKey;
  }
}

/** The first sort key of a partition behind one, or the very first; undefined where there is none. */
export async function dueAfter(duePk: string, after: string): Promise<string | undefined> {
  const { Items } = await dynamo.send(
    new QueryCommand({
      ...{ TableName, IndexName: 'due', Limit: 1 },
      KeyConditionExpression: 'duePk = :pk AND dueSk > :after',
      ExpressionAttributeValues: { ':pk': duePk, ':after': after },
    }),
  );
  return z.array(z.object({ dueSk: z.string() })).parse(Items ?? [])[0]?.dueSk;
}

const Holder = z
  .object({ pk: z.templateLiteral(['H#', z.string()]), dueSk: z.string() })
  .transform(({ pk, dueSk }) => ({ holder: pk.slice(2), dueSk }));

/** Who stands in one partition of the due index up to a bound, from the least sort key on; `most` at a time. */
export async function dueUntil(
  duePk: string,
  { until, most }: { readonly until: string; readonly most: number },
): Promise<{ holder: string; dueSk: string }[]> {
  const { Items } = await dynamo.send(
    new QueryCommand({
      TableName,
      IndexName: 'due',
      KeyConditionExpression: 'duePk = :pk AND dueSk < :until',
      ExpressionAttributeValues: { ':pk': duePk, ':until': until },
      Limit: most,
    }),
  );
  return z.array(Holder).parse(Items ?? []);
}

/**
 * Who stands in one partition of the due index behind a sort key, by it, page by page; of one département where one is
 * given. `size` is how many are read at once, and a page may hold fewer.
 */
export async function* duePeople(
  duePk: string,
  page: { readonly after: string; readonly department: string | undefined; readonly size: number },
): AsyncGenerator<{ holder: string; dueSk: string }[]> {
  const { after, department, size } = page;
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        ...{ TableName, IndexName: 'due', Limit: size },
        KeyConditionExpression: 'duePk = :pk AND dueSk > :after',
        ...(department === undefined ? {} : { FilterExpression: 'department = :department' }),
        ExpressionAttributeValues: {
          ...{ ':pk': duePk, ':after': after },
          ...(department === undefined ? {} : { ':department': department }),
        },
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    yield z.array(Holder).parse(Items);
    if (!LastEvaluatedKey) return;
    from = LastEvaluatedKey;
  }
}

/**
 * The items of one partition of the due index, page by page. The index follows the table a moment
 * later: what it says is a hint, and each write is conditional on the table itself.
 */
export async function* duePages<T extends z.ZodType>(
  duePk: string,
  type: T,
  prefix?: string,
): AsyncGenerator<z.infer<T>[]> {
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        ...within(duePk, prefix),
        Limit: pageSize,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    yield z.array(type).parse(Items);
    if (!LastEvaluatedKey) return;
    from = LastEvaluatedKey;
  }
}

/** A page of one partition of the due index, from the least on, after a place; `more` where others may follow. */
export async function duePage<T extends z.ZodType>(
  duePk: string,
  page: { readonly type: T; readonly limit: number; readonly after?: string },
): Promise<{ items: z.infer<T>[]; more: boolean }> {
  const { type, limit, after } = page;
  const { Items, LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      ...{ TableName, IndexName: 'due', Limit: limit },
      KeyConditionExpression:
        after === undefined ? 'duePk = :pk' : 'duePk = :pk AND dueSk > :after',
      ExpressionAttributeValues: {
        ':pk': duePk,
        ...(after === undefined ? {} : { ':after': after }),
      },
    }),
  );
  return { items: z.array(type).parse(Items ?? []), more: LastEvaluatedKey !== undefined };
}

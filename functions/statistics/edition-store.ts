import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { cancellation } from '#shared/aws/faults.ts';
import { type Actions, transact } from '#shared/aws/transact.ts';
import type { Former } from './rules/compose.ts';
import type { Period } from './rules/days.ts';
import type { Shown } from './rules/shown.ts';
import { Edition, Period as PeriodShape } from './schema.ts';
import { TableName } from './table.ts';

const listPk = 'EDITIONS';
const cellsPk = 'EDITION';
const periodsPk = 'PERIODS';

/** An edition with all that it shows. */
export interface Published extends Edition {
  readonly shown: readonly Shown[];
  /** Periods that this edition adds to the series. */
  readonly periods: readonly Period[];
}

/** A part of an edition is far under the 400 KB of an item, all parts under a transaction's 4 MB. */
const cellsPerPart = 2500;

const Cells = z.array(
  z
    .tuple([z.string(), z.int().nullable(), z.string().nullable()])
    .transform(
      ([path, value, asOf]): Shown =>
        value === null || asOf === null ? { path } : { path, value, asOf },
    ),
);
const Part = z.object({ sk: z.string(), cells: Cells });
const Periods = z.object({ sk: z.string(), periods: z.array(PeriodShape) });

/**
 * Freezes an edition: it is written once, whole, or not at all. Whether this call did it; false where it
 * stands already, by a rival or by a call of ours whose answer was lost.
 */
export async function freeze({ shown, periods, ...edition }: Published): Promise<boolean> {
  const put = (Item: Readonly<Record<string, unknown>>) => ({
    Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
  });
  const parts: Actions = [put({ pk: periodsPk, sk: edition.edition, periods })];
  for (let from = 0, part = 0; from < shown.length; from += cellsPerPart, part++) {
    const cells = shown
      .slice(from, from + cellsPerPart)
      .map(({ path, value = null, asOf = null }) => [path, value, asOf]);
    const sk = `${edition.edition}#${String(part).padStart(3, '0')}`;
    parts.push(put({ pk: cellsPk, sk, cells }));
  }
  try {
    await transact([put({ pk: listPk, sk: edition.edition, ...edition }), ...parts]);
    return true;
  } catch (error) {
    if (cancellation(error)?.[0] === 'ConditionalCheckFailed') return false;
    throw error;
  }
}

/** One edition's name and instant. */
export async function loadEdition(edition: string): Promise<Edition | undefined> {
  const Key = { pk: listPk, sk: edition };
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Edition.optional().parse(Item);
}

/** The editions, latest first, after one. */
export async function listEditions(page: {
  after?: string | undefined;
  limit: number;
}): Promise<{ editions: Edition[]; next: string | undefined }> {
  const { Items, LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': listPk },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: page.limit,
      ...(page.after ? { ExclusiveStartKey: { pk: listPk, sk: page.after } } : {}),
    }),
  );
  const editions = z.array(Edition).parse(Items);
  return { editions, next: LastEvaluatedKey ? editions.at(-1)?.edition : undefined };
}

/** What stands under a key between two sort keys, page by page, oldest first. */
async function* between(pk: string, from: string, to: string): AsyncGenerator<unknown[]> {
  for (let after: Record<string, unknown> | undefined; ; ) {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
        ConsistentRead: true,
        ...(after ? { ExclusiveStartKey: after } : {}),
      }),
    );
    yield Items;
    if (!LastEvaluatedKey) return;
    after = LastEvaluatedKey;
  }
}

async function cellsBetween(from: string, to: string): Promise<Map<string, Shown[]>> {
  const editions = new Map<string, Shown[]>();
  for await (const items of between(cellsPk, from, `${to}#~`))
    for (const { sk, cells } of z.array(Part).parse(items)) {
      const [edition = ''] = sk.split('#');
      const shown = editions.get(edition);
      if (shown) shown.push(...cells);
      else editions.set(edition, [...cells]);
    }
  return editions;
}

/** What one edition shows. */
export async function loadShown(edition: string): Promise<Shown[]> {
  return (await cellsBetween(edition, edition)).get(edition) ?? [];
}

/** The series, by the edition that added to it, up to one. */
async function periodsTo(edition: string): Promise<Map<string, Period[]>> {
  const editions = new Map<string, Period[]>();
  for await (const items of between(periodsPk, '0', edition))
    for (const { sk, periods } of z.array(Periods).parse(items)) editions.set(sk, periods);
  return editions;
}

/** The series up to an edition. */
export const loadSeries = async (edition: string): Promise<Period[]> =>
  [...(await periodsTo(edition)).values()].flat();

/** All editions up to one, oldest first, each with the periods that it added. */
export async function loadFormer(to: string): Promise<Former[]> {
  const [cells, periods] = await Promise.all([cellsBetween('0', to), periodsTo(to)]);
  return [...cells].map(([edition, shown]) => ({
    ...{ edition, shown, periods: periods.get(edition) ?? [] },
  }));
}

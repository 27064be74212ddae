import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { cancellation } from '#shared/aws/faults.ts';
import { type Actions, transact } from '#shared/aws/transact.ts';
import type { Period } from './rules/days.ts';
import type { Shown } from './rules/shown.ts';
import { Edition, Period as PeriodShape } from './schema.ts';
import { TableName } from './table.ts';

const listPk = 'EDITIONS';
const partsPk = 'EDITION';

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
const Part = z.object({
  sk: z.string(),
  cells: Cells.default([]),
  periods: z.array(PeriodShape).default([]),
});

/**
 * Freezes an edition: it is written once, whole, or not at all. Whether this call did it; false where it
 * stands already, by a rival or by a call of ours whose answer was lost.
 */
export async function freeze({ shown, periods, ...edition }: Published): Promise<boolean> {
  const put = (Item: Readonly<Record<string, unknown>>) => ({
    Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
  });
  const parts: Actions = [put({ pk: partsPk, sk: `${edition.edition}#days`, periods })];
  for (let from = 0, part = 0; from < shown.length; from += cellsPerPart, part++) {
    const cells = shown
      .slice(from, from + cellsPerPart)
      .map(({ path, value = null, asOf = null }) => [path, value, asOf]);
    const sk = `${edition.edition}#${String(part).padStart(3, '0')}`;
    parts.push(put({ pk: partsPk, sk, cells }));
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

/** What editions told, oldest first: all up to one, or that one alone. */
export async function loadParts(range: {
  from?: string;
  to: string;
}): Promise<{ edition: string; shown: Shown[]; periods: Period[] }[]> {
  const editions = new Map<string, { edition: string; shown: Shown[]; periods: Period[] }>();
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items, LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ...{ ':pk': partsPk, ':from': range.from ?? '0', ':to': `${range.to}#~` },
        },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    for (const { sk, cells, periods } of z.array(Part).parse(Items)) {
      const [edition = ''] = sk.split('#');
      const one = editions.get(edition) ?? { edition, shown: [], periods: [] };
      one.shown.push(...cells);
      one.periods.push(...periods);
      editions.set(edition, one);
    }
    if (!LastEvaluatedKey) return [...editions.values()];
    from = LastEvaluatedKey;
  }
}

/** The series up to an edition. */
export async function loadSeries(edition: string): Promise<Period[]> {
  const all = await loadParts({ to: edition });
  return all.flatMap(({ periods }) => periods);
}

import * as z from 'zod';
import type { AwsJson } from '#infra/local/door/aws-json.ts';
import { outputOf } from '#infra/local/door/aws-json.ts';
import type { Table } from '#infra/local/template/inventory.ts';

const Item = z.record(z.string(), z.unknown());
const Page = z.looseObject({ Items: z.array(Item), LastEvaluatedKey: Item.optional() });

/**
 * Deletes what expired by world time, table by table, past the door: DynamoDB Local's own sweep
 * follows the machine's clock. As on AWS expiry is late by nature, so reads check it themselves.
 */
export async function reap(
  tables: readonly Table[],
  database: AwsJson,
  now: number,
): Promise<number> {
  let gone = 0;
  for (const table of tables) {
    if (table.expiry !== undefined) gone += await reapTable(table, table.expiry, { database, now });
  }
  return gone;
}

async function reapTable(
  table: Table,
  expiry: string,
  { database, now }: { database: AwsJson; now: number },
): Promise<number> {
  const expired = {
    TableName: table.name,
    ConditionExpression: '#expiry <= :now',
    ExpressionAttributeNames: { '#expiry': expiry },
    ExpressionAttributeValues: { ':now': { N: String(Math.floor(now / 1000)) } },
  };
  const names = [table.hash, ...(table.range === undefined ? [] : [table.range])];
  let gone = 0;
  let from: z.infer<typeof Item> | undefined;
  do {
    const { ConditionExpression, ...search } = expired;
    const page = outputOf(
      Page,
      await database('DynamoDB_20120810.Scan', {
        ...search,
        FilterExpression: ConditionExpression,
        ExclusiveStartKey: from,
      }),
    );
    for (const item of page.Items) {
      const Key = Object.fromEntries(names.map((name) => [name, item[name]]));
      const done = await database('DynamoDB_20120810.DeleteItem', { ...expired, Key });
      if (done.status === 200) gone += 1;
    }
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return gone;
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { WorldInfo } from '#infra/local/client.ts';

const Item = z.looseObject({ pk: z.string(), sk: z.string() });
export type Item = z.infer<typeof Item>;

/**
 * Reads whole tables, consistently. Only the recount may: no function of the system has the right to
 * scan, since each of its reads stands within one holder's keys.
 */
export async function readTables(info: WorldInfo, names: readonly string[]): Promise<Item[][]> {
  const { door: endpoint, region, operator: credentials } = info;
  const bare = new DynamoDBClient({ endpoint, region, credentials });
  const client = DynamoDBDocumentClient.from(bare);
  const read = async (name: string) => {
    const TableName = info.resources[name];
    if (!TableName) throw new Error(`this world has no ${name}`);
    const items: Item[] = [];
    for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true }))
      items.push(...z.array(Item).parse(page.Items ?? []));
    return items;
  };
  const tables: Item[][] = [];
  for (const name of names) tables.push(await read(name));
  bare.destroy();
  return tables;
}

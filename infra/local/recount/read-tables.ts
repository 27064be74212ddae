import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectVersionsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
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

/** The ids of all branch keys. */
export async function branchesOf(info: WorldInfo): Promise<string[]> {
  const { door: endpoint, region, operator: credentials } = info;
  const bare = new DynamoDBClient({ endpoint, region, credentials });
  const client = DynamoDBDocumentClient.from(bare);
  const TableName = info.resources.KEYS_TABLE;
  if (!TableName) throw new Error('this world has no KEYS_TABLE');
  const ids = new Set<string>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    for (const item of z.array(z.looseObject({ 'branch-key-id': z.string() })).parse(Items))
      ids.add(item['branch-key-id']);
  bare.destroy();
  return [...ids];
}

/** The keys of all versions of a bucket, delete markers included; a key once for each. */
export async function versionsOf(info: WorldInfo, name: string): Promise<string[]> {
  const { door: endpoint, region, operator: credentials } = info;
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const Bucket = info.resources[name];
  if (!Bucket) throw new Error(`this world has no ${name}`);
  const keys: string[] = [];
  for (let from: { KeyMarker?: string; VersionIdMarker?: string } = {}; ; ) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, ...from }));
    const { Versions = [], DeleteMarkers = [], NextKeyMarker, NextVersionIdMarker } = page;
    for (const { Key } of [...Versions, ...DeleteMarkers]) if (Key !== undefined) keys.push(Key);
    if (!page.IsTruncated || NextKeyMarker === undefined) break;
    from = {
      KeyMarker: NextKeyMarker,
      ...(NextVersionIdMarker === undefined ? {} : { VersionIdMarker: NextVersionIdMarker }),
    };
  }
  client.destroy();
  return keys;
}

/** The keys of all objects of a bucket. */
export async function keysOf(info: WorldInfo, name: string): Promise<string[]> {
  const { door: endpoint, region, operator: credentials } = info;
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const Bucket = info.resources[name];
  if (!Bucket) throw new Error(`this world has no ${name}`);
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    for (const { Key } of Contents) if (Key !== undefined) keys.push(Key);
  client.destroy();
  return keys;
}

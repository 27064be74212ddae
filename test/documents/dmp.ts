import './record.ts';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Manifest } from '#functions/documents/schema-dmp.ts';
import { takeInDmp } from '#functions/documents/take-in-dmp.ts';
import { type Announced, announced } from '#functions/documents/transfer-name.ts';
import { fhirDefinitions } from '#infra/fhir/definitions.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { s3 } from '#shared/aws/s3.ts';
import { judgeBy } from '#shared/fhir/validator.ts';
import { loadSince } from '#shared/journal/head.ts';
import { laneOf } from '#shared/journal/lanes.ts';
import type { Packed } from './packages.ts';
import { world } from './record.ts';

const Bucket = world.physical('TRANSFER_BUCKET');
const judge = judgeBy(fhirDefinitions());

/** A manifest, or one of a form that is none. */
export type Given = Omit<Manifest, 'format'> & { readonly format: string };

/** World time of the acts that run in this process. */
export const now = Date.parse('2022-01-31T09:00:00Z');

/** Hands a package over, contents first. Under `manifests` the world's own worker hears of it, elsewhere nobody does. */
export async function handsOver(
  manifest: Given,
  documents: readonly Packed[],
  folder = 'races',
): Promise<Announced> {
  for (const { packed, bytes } of documents) {
    const Key = `contents/${manifest.transfer}/${packed.content}`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: bytes }));
  }
  return announces(manifest, folder);
}

/** Drops a manifest alone. */
export async function announces(manifest: Given, folder = 'races'): Promise<Announced> {
  const Key = `${folder}/${manifest.transfer}.json`;
  const Body = JSON.stringify(manifest);
  const { VersionId = '', ETag = '' } = await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const found = announced({
    manifest: Key,
    version: VersionId,
    etag: ETag.replaceAll('"', ''),
  });
  if (!found) throw new Error('no manifest');
  return found;
}

export const takesIn = (
  of: Announced,
  hasTime = () => true,
  /** What happens before each document is judged. */
  meanwhile: () => Promise<unknown> = async () => undefined,
) =>
  takeInDmp(of, {
    clock: () => now,
    hasTime,
    judge: async () => {
      await meanwhile();
      return judge;
    },
  });

/** Takes in a package and waits until the world, which hears of it, has looked what follows: nothing yet. */
export async function holds(of: Announced): Promise<void> {
  await takesIn(of);
  await world.idle();
}

const Receipt = z.looseObject({
  state: z.string(),
  code: z.string().optional(),
  taken: z.int().optional(),
  of: z.int().optional(),
  hash: z.string().optional(),
});

export async function receiptOf({ transfer, version }: Announced) {
  const Key = `receipts/${transfer}/${version}.json`;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Receipt.parse(JSON.parse((await Body?.transformToString()) ?? ''));
}

/** What lies in the documents' table of a record, by the beginning of the key. */
export async function filedOf(holder: string): Promise<Record<string, number>> {
  const query = new QueryCommand({
    TableName: world.physical('DOCUMENTS_TABLE'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `H#${holder}` },
    ConsistentRead: true,
  });
  const counts: Record<string, number> = {};
  for (const { sk } of (await dynamo.send(query)).Items ?? []) {
    const kind = String(sk).split('#')[0] ?? '';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** What the transfer said in a record's journal, with the documents that it counted. */
export async function toldOf(holder: string): Promise<string[]> {
  const { lines } = await loadSince({ holder, lane: laneOf('dmp-transfer'), seq: 1 });
  return lines
    .filter(({ actor }) => actor.id === 'dmp-transfer')
    .map(({ action, object }) => `${action} ${object.counts?.documents}`);
}

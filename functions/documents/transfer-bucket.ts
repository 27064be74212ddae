import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { s3 } from '#shared/aws/s3.ts';
import { env } from '#shared/env.ts';

const { TRANSFER_BUCKET: Bucket } = env({ TRANSFER_BUCKET: z.string().min(1) });

const mostManifestBytes = 32 * 1024 * 1024;

/** A manifest as it was announced: the same key dropped again is another package. */
export interface Announced {
  /** Key of the manifest. */
  readonly manifest: string;
  /** The transfer that the key names. */
  readonly transfer: string;
  readonly version: string;
}

/** What was announced; undefined for what is no manifest. */
export function announced(manifest: string, version: string): Announced | undefined {
  const transfer = /^[a-z]+\/([a-z0-9]{26})\.json$/.exec(manifest)?.[1];
  return transfer === undefined ? undefined : { manifest, transfer, version };
}

const Named = z.object({ name: z.string() });
const isGone = (error: unknown): boolean =>
  ['NoSuchKey', 'NoSuchVersion', 'NotFound'].includes(Named.catch({ name: '' }).parse(error).name);

async function get(Key: string, VersionId?: string) {
  const asked = { Bucket, Key, ...(VersionId === undefined ? {} : { VersionId }) };
  try {
    return await s3.send(new GetObjectCommand(asked));
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** The bytes of a manifest: `gone` when nobody has it any more, `too-large` beyond 32 MiB. */
export async function loadManifest({
  manifest,
  version,
}: Announced): Promise<Uint8Array | 'gone' | 'too-large'> {
  const found = await get(manifest, version);
  if (!found?.Body) return 'gone';
  if ((found.ContentLength ?? 0) > mostManifestBytes) {
    if (found.Body instanceof Readable) found.Body.destroy();
    return 'too-large';
  }
  return found.Body.transformToByteArray();
}

/** A content of a package as a stream, with its size; undefined where it is not there. */
export async function findContent(
  transfer: string,
  content: string,
): Promise<{ readonly stream: Readable; readonly sizeBytes: number } | undefined> {
  const found = await get(`contents/${transfer}/${content}`);
  if (!found) return undefined;
  if (!(found.Body instanceof Readable)) throw new Error('S3 answered without a stream');
  return { stream: found.Body, sizeBytes: found.ContentLength ?? -1 };
}

/** What became of a package; no name, no number of a person, nothing medical. */
export type Receipt =
  | {
      readonly state: 'complete';
      readonly taken: number;
      readonly of: number;
      /** Of the lists, as the manifest had it and as it was computed here. */
      readonly hash: string;
      readonly completeAt: string;
    }
  | {
      readonly state: 'refused';
      readonly code: string;
      /** Place of the document in the manifest's list, from 0. */
      readonly document?: number;
    };

/** Writes the receipt of a package, named by transfer and version of its manifest: no other's takes its place. */
export async function putReceipt(of: Announced, receipt: Receipt): Promise<void> {
  const { transfer, version } = of;
  const Body = JSON.stringify({ transfer, manifestVersion: version, ...receipt }, undefined, 2);
  const Key = `receipts/${transfer}/${version}.json`;
  const ContentType = 'application/json; charset=utf-8';
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
}

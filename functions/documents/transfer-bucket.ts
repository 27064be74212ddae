import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { s3 } from '#shared/aws/s3.ts';
import { env } from '#shared/env.ts';
import type { Announced } from './transfer-name.ts';

const { TRANSFER_BUCKET: Bucket } = env({ TRANSFER_BUCKET: z.string().min(1) });

const mostManifestBytes = 32 * 1024 * 1024;

const Named = z.object({ name: z.string() });
/** To who may not list a bucket S3 says of an object that is not there that it is denied. */
const isGone = (error: unknown): boolean =>
  ['NoSuchKey', 'NotFound', 'PreconditionFailed', 'AccessDenied'].includes(
    Named.catch({ name: '' }).parse(error).name,
  );

async function get(Key: string, etag?: string) {
  const asked = { Bucket, Key, ...(etag === undefined ? {} : { IfMatch: `"${etag}"` }) };
  try {
    return await s3.send(new GetObjectCommand(asked));
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** The bytes of a manifest: `gone` when it is not the one any more that was announced, `too-large` beyond 32 MiB. */
export async function loadManifest({
  manifest,
  etag,
}: Announced): Promise<Uint8Array | 'gone' | 'too-large'> {
  const found = await get(manifest, etag);
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

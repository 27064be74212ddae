import type { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { s3 } from '#shared/aws/s3.ts';
import { env } from '#shared/env.ts';
import { Manifest } from './schema-letters.ts';

const { LETTERS_BUCKET: Bucket } = env({ LETTERS_BUCKET: z.string().min(1) });

/** Named by what is in them: of two who print the same batch at once, the one whose note stands is read. */
const keyOf = (of: { batch: string; sha256: string }, type: 'pdf' | 'json'): string =>
  `batches/${of.batch}/${of.sha256}.${type}`;

/** Keeps the sheets of a batch, and what stands on which. */
export async function putLetters(sheets: Uint8Array, manifest: Manifest): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      ...{ Bucket, Key: keyOf(manifest, 'pdf'), Body: sheets, ContentType: 'application/pdf' },
    }),
  );
  const Body = JSON.stringify(manifest);
  const ContentType = 'application/json; charset=utf-8';
  await s3.send(new PutObjectCommand({ Bucket, Key: keyOf(manifest, 'json'), Body, ContentType }));
}

const Gone = z.object({ name: z.literal('NoSuchKey') });

const bodyOf = async (Key: string) => {
  try {
    return (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body;
  } catch (error) {
    // Thirty days have passed.
    if (Gone.safeParse(error).success) return undefined;
    throw error;
  }
};

/** What stands on which sheet; undefined when the bucket has let it go. */
export async function loadManifest(of: { batch: string; sha256: string }) {
  const text = await (await bodyOf(keyOf(of, 'json')))?.transformToString();
  return text === undefined ? undefined : Manifest.parse(JSON.parse(text));
}

/** The sheets as a stream; undefined when the bucket has let them go. */
export async function openLetters(of: { batch: string; sha256: string }) {
  const body = await bodyOf(keyOf(of, 'pdf'));
  if (body === undefined) return undefined;
  const Streamed = z.custom<Readable>(
    (one) => typeof one === 'object' && one !== null && 'pipe' in one,
  );
  return Streamed.parse(body);
}

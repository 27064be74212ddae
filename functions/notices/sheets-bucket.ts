import type { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { s3 } from '#shared/aws/s3.ts';
import { env } from '#shared/env.ts';

const { LETTERS_BUCKET: Bucket } = env({ LETTERS_BUCKET: z.string().min(1) });

/** Named by what is in it: of two runs that print the same batch at once, the one whose note stands is read. */
const keyOf = (of: { batch: string; sha256: string }): string =>
  `notices/${of.batch}/${of.sha256}.pdf`;

/** Keeps the sheets of a batch; the bucket lets them go after thirty days. */
export async function putSheets(
  of: { batch: string; sha256: string },
  Body: Uint8Array,
): Promise<void> {
  await s3.send(
    new PutObjectCommand({ Bucket, Key: keyOf(of), Body, ContentType: 'application/pdf' }),
  );
}

const Gone = z.object({ name: z.literal('NoSuchKey') });
const Streamed = z.custom<Readable>(
  (one) => typeof one === 'object' && one !== null && 'pipe' in one,
);

/** The sheets as a stream; undefined when the bucket has let them go. */
export async function openSheets(of: { batch: string; sha256: string }) {
  try {
    return Streamed.parse((await s3.send(new GetObjectCommand({ Bucket, Key: keyOf(of) }))).Body);
  } catch (error) {
    if (Gone.safeParse(error).success) return undefined;
    throw error;
  }
}

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { sealedS3 as s3 } from '#shared/aws/s3.ts';
import { env } from '#shared/env.ts';
import { openDocument } from '#shared/sealing/open-document.ts';
import { sealStream } from '#shared/sealing/seal-document.ts';
import type { Vault, Way } from './move-document.ts';
import { type Content, keyOf } from './vault-keys.ts';

const { VAULT_BUCKET: Bucket } = env({ VAULT_BUCKET: z.string().min(1) });

/** A content, opened as it comes; for who moves it, and for no reader. */
async function opened(
  { holder, branch }: Vault,
  { document, version }: Content,
): Promise<Readable> {
  const Key = keyOf(holder, { document, version });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  if (!(Body instanceof Readable)) throw new Error('the vault answered without a stream');
  return openDocument(Body, { holder, document, version, branch });
}

/** Puts a content, sealed for another holder as it is read, beside what there is; a repetition writes it again. */
export async function resealContent(
  { document, version }: Content,
  sizeBytes: number,
  { from, to }: Pick<Way, 'from' | 'to'>,
): Promise<void> {
  const content = { document, version };
  const clear = await opened(from, content);
  const { holder, branch } = to;
  const sealed = await sealStream({ stream: clear, sizeBytes }, { ...content, holder, branch });
  await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: keyOf(holder, content),
      Body: sealed.stream,
      ContentLength: sealed.sizeBytes,
    }),
  );
}

/** SHA-256 of a content as it opens in the vault, base64. */
export async function digestOf(vault: Vault, content: Content): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of await opened(vault, content)) digest.update(piece);
  return digest.digest('base64');
}

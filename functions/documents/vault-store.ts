import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { AccessGrant } from '#shared/access/grant.ts';
import { sealedS3 as s3 } from '#shared/aws/s3.ts';
import { env } from '#shared/env.ts';
import { openDocument } from '#shared/sealing/open-document.ts';
import { sealBytes, sealStream } from '#shared/sealing/seal-document.ts';
import { type Content, keyOf } from './vault-keys.ts';

const { VAULT_BUCKET: Bucket } = env({ VAULT_BUCKET: z.string().min(1) });

/**
 * Seals a content under the holder's key, which is made at his first one, and puts it into the vault.
 * Gives the SHA-256 of the clear text, base64.
 */
export async function putContent(
  grant: AccessGrant,
  { document, version }: Content,
  clear: Uint8Array,
): Promise<string> {
  grant.allows('deposit');
  const { holder, branch } = grant;
  const { bytes: Body, sha256 } = await sealBytes(clear, { holder, document, version, branch });
  const Key = keyOf(holder, { document, version });
  await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  return sha256;
}

/** Above this a content is sealed as it comes; below in one piece, which can be sent again. */
const mostInMemory = 4 * 1024 * 1024;

/**
 * The same for a content that comes as a stream of a known size; one of another size is a `RangeError`. Gives the
 * SHA-256 of the clear text, base64.
 */
export async function putStreamed(
  grant: AccessGrant,
  content: Content,
  clear: { readonly stream: Readable; readonly sizeBytes: number },
): Promise<string> {
  grant.allows('deposit');
  const { stream, sizeBytes } = clear;
  if (sizeBytes <= mostInMemory) return putContent(grant, content, await whole(stream, sizeBytes));
  const { holder, branch } = grant;
  const sealed = await sealStream(clear, { holder, ...content, branch });
  const Key = keyOf(holder, content);
  const { stream: Body, sizeBytes: ContentLength } = sealed;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength }));
  return sealed.sha256();
}

async function whole(stream: Readable, sizeBytes: number): Promise<Buffer> {
  const bytes = await buffer(stream);
  if (bytes.length !== sizeBytes) throw new RangeError('of another size than was said');
  return bytes;
}

/**
 * A content of the vault, opened as it comes. An `IntegrityError`, at once or later on the stream, when it
 * is not what was sealed for this holder, document and version.
 */
export async function openContent(
  grant: AccessGrant,
  { document, version }: Content,
): Promise<Readable> {
  grant.allows('read');
  const { holder, branch } = grant;
  const Key = keyOf(holder, { document, version });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  if (!(Body instanceof Readable)) throw new Error('the vault answered without a stream');
  return openDocument(Body, { holder, document, version, branch });
}

import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { AccessGrant } from '#shared/access/grant.ts';
import { s3 } from '#shared/aws/s3.ts';
import { env } from '#shared/env.ts';
import { activeKeyMade, keyAt } from '#shared/sealing/branch-keys.ts';
import { open, seal, sealedUnder } from '#shared/sealing/envelope.ts';
import { branchOfHolder } from '#shared/sealing/key-stores.ts';

const { VAULT_BUCKET: Bucket } = env({ VAULT_BUCKET: z.string().min(1) });

/** Which content: of a document at a version. */
export interface Content {
  readonly document: string;
  readonly version: number;
}

const keyOf = (holder: string, { document, version }: Content) =>
  `${holder}/${document}/${version}`;
const contextOf = (holder: string, { document, version }: Content) => ({
  holder,
  kind: `content ${document}`,
  version,
});

/** Seals a content under the holder's key, which is made at his first one, and puts it into the vault. */
export async function putContent(
  grant: AccessGrant,
  content: Content,
  bytes: Uint8Array,
): Promise<void> {
  grant.allows('deposit');
  const { holder } = grant;
  const branch = await activeKeyMade(branchOfHolder(holder), 'holder');
  const Body = seal(bytes, branch, contextOf(holder, content));
  await s3.send(new PutObjectCommand({ Bucket, Key: keyOf(holder, content), Body }));
}

/** A content of the vault, opened. Throws when it is not what was sealed for this holder, document and version. */
export async function openContent(grant: AccessGrant, content: Content): Promise<Uint8Array> {
  grant.allows('read');
  const { holder } = grant;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: keyOf(holder, content) }));
  if (!Body) throw new Error('the vault answered without a body');
  const sealed = await Body.transformToByteArray();
  return open(sealed, await keyAt(sealedUnder(sealed)), contextOf(holder, content));
}

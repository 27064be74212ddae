import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AccessGrant } from '#shared/access/grant.ts';
import { isFit } from '#shared/fhir/issue.ts';
import type { Judge } from '#shared/fhir/validator.ts';
import { idFrom } from '#shared/random.ts';
import { sealSmall } from '#shared/sealing/small.ts';
import type { TransferFault } from './data/transfer-faults.ts';
import { documentOf } from './dmp-digest.ts';
import type { Held } from './dmp-store.ts';
import { pack } from './filed.ts';
import { identifierOf } from './rules/dmp-package.ts';
import { describeTransferred, faultOfTransferred } from './rules/transferred.ts';
import type { PackedDocument } from './schema-dmp.ts';
import { contextOf } from './store.ts';
import { findContent } from './transfer-bucket.ts';
import { putStreamed } from './vault-store.ts';

/** Of which package, and by what its documents are judged. */
export interface Taking {
  readonly dmp: string;
  readonly transfer: string;
  /** The owner's INS. */
  readonly ins: string;
  readonly judge: Judge;
  /** Milliseconds. */
  readonly now: number;
}

/**
 * Takes one document into the vault, sealed as every document is, and gives what is to be filed of it: or why it is
 * not the document that the manifest names. Its content is hashed while it passes. Twice is once: the same ids.
 */
export async function takeOne(
  grant: AccessGrant,
  packed: PackedDocument,
  taking: Taking,
): Promise<{ readonly held: Held } | { readonly fault: TransferFault }> {
  const { resource, sizeBytes } = packed;
  const { holder, branch } = grant;
  if (!isFit(taking.judge(resource))) return { fault: 'resource-unsound' };
  const fault = faultOfTransferred(resource, taking.ins);
  if (fault) return { fault };
  const registered = {
    document: documentOf(holder, packed),
    version: 1,
    entry: randomUUID(),
    receivedAt: new Date(taking.now).toISOString(),
  };
  const found = await findContent(taking.transfer, packed.content);
  if (!found) return { fault: 'content-missing' };
  if (found.sizeBytes !== sizeBytes) {
    found.stream.destroy();
    return { fault: 'size-differs' };
  }
  const sha1 = createHash('sha1');
  const stream = Readable.from(through(found.stream, (piece) => sha1.update(piece)));
  const sha256 = await putStreamed(grant, registered, { stream, sizeBytes });
  const measured = { sizeBytes, sha1: sha1.digest('base64') };
  const told = resource.content[0]?.attachment.hash;
  const isOther = Buffer.from(sha256, 'base64').toString('hex') !== packed.sha256;
  if (isOther || (told !== undefined && told !== measured.sha1)) return { fault: 'hash-differs' };
  const unique = idFrom('unique', holder, 'dmp', identifierOf(packed));
  const described = {
    resource: describeTransferred(resource, measured, registered),
    sha256,
    unique,
  };
  const sealed = await sealSmall(branch, pack(described), contextOf(holder, registered));
  const status = resource.status === 'superseded' ? 'superseded' : 'current';
  return { held: { ...registered, status, sealed, dmp: taking.dmp, unique } };
}

async function* through(stream: Readable, tell: (piece: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const piece of stream) {
    tell(piece);
    yield piece;
  }
}

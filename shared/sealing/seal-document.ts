import { createHash, type Hash, hash } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import type { MessageHeader } from '@aws-crypto/client-node';
import { activeKeyMade } from './branch-keys.ts';
import { type DocumentContext, encryption, inHeader, suiteId } from './document.ts';
import { frameBytesFor, overheadBytes, streamFrameBytes } from './frames.ts';
import { branchOfHolder } from './holder-branch.ts';
import { keyringOf } from './kept-keys.ts';

/** A document sealed in one piece. */
export interface SealedBytes {
  readonly bytes: Uint8Array;
  /** SHA-256 of the clear text, base64. */
  readonly sha256: string;
}

/** A document on its way into the vault. */
export interface SealedStream {
  readonly stream: Readable;
  /** Exact size of the stream: S3 asks for it beforehand. */
  readonly sizeBytes: number;
  /** SHA-256 of the clear text, base64; to be asked once, after the stream has ended. */
  readonly sha256: () => string;
}

/** The branch key comes with the first content of a holder. */
async function sealingUnder(context: DocumentContext, sizeBytes: number) {
  const branch = context.branch ?? branchOfHolder(context.holder);
  await activeKeyMade(branch, 'holder');
  const frameLength = frameBytesFor(sizeBytes);
  const message = { suiteId, frameLength, encryptionContext: inHeader(context) };
  return { keyring: keyringOf(branch).keyring, message };
}

/**
 * Seals a document that is in memory, under its holder's branch key: a message of the AWS Encryption SDK,
 * bound to holder, document and version.
 */
export async function sealBytes(plain: Uint8Array, context: DocumentContext): Promise<SealedBytes> {
  const { keyring, message } = await sealingUnder(context, plain.length);
  const { result } = await encryption.encrypt(keyring, plain, message);
  return { bytes: result, sha256: hash('sha256', plain, 'base64') };
}

/** Seals a document of a known size as it comes; a clear stream of another size breaks the sealed one. */
export async function sealStream(
  clear: { readonly stream: Readable; readonly sizeBytes: number },
  context: DocumentContext,
): Promise<SealedStream> {
  const { stream, sizeBytes } = clear;
  const { keyring, message } = await sealingUnder(context, sizeBytes);
  const sealing = encryption.encryptStream(keyring, message);
  const [header]: MessageHeader[] = await once(sealing, 'MessageHeader');
  if (!header) throw new Error('the Encryption SDK told no header');
  const digest = createHash('sha256');
  const out = new PassThrough({ highWaterMark: streamFrameBytes });
  sealing.once('error', (error) => out.destroy(error)).pipe(out);
  // Who reads no further lets go of the source, too.
  out.once('close', () => {
    stream.destroy();
    sealing.resume();
  });
  fill(sealing, hashed(stream, { sizeBytes, digest })).catch((error: Error) => out.destroy(error));
  const all = sizeBytes + overheadBytes(header, sizeBytes);
  return { stream: out, sizeBytes: all, sha256: () => digest.digest('base64') };
}

/**
 * Writes all pieces and the end. The Encryption SDK's stream must never be destroyed half-way: it would throw
 * where nobody can catch, and end the whole environment. So it always gets its end, into the void if need be.
 */
async function fill(sealing: Writable, pieces: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const piece of pieces) if (!sealing.write(piece)) await once(sealing, 'drain');
  } finally {
    sealing.end();
  }
}

async function* hashed(
  stream: Readable,
  { sizeBytes, digest }: { sizeBytes: number; digest: Hash },
): AsyncGenerator<Buffer> {
  let left = sizeBytes;
  for await (const piece of stream) {
    left -= piece.length;
    if (left < 0) throw new RangeError('longer than was said');
    digest.update(piece);
    yield piece;
  }
  if (left > 0) throw new RangeError('shorter than was said');
}

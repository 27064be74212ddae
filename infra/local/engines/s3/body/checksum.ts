import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { AwsFault, notImplemented } from '#infra/local/engines/wire/fault.ts';

/** The SDK's default and the one that binds an upload to a known content; others are not used. */
export type Algorithm = 'CRC32' | 'SHA256';
export const headerOf = (algorithm: Algorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`;

export interface Digest {
  update(piece: Buffer): void;
  /** Raw bytes. */
  value(): Buffer;
}

export function digestOf(algorithm: Algorithm): Digest {
  if (algorithm === 'SHA256') {
    const hash = createHash('sha256');
    return { update: (piece) => void hash.update(piece), value: () => hash.digest() };
  }
  let sum = 0;
  return {
    update(piece) {
      sum = crc32(piece, sum);
    },
    value() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(sum >>> 0);
      return bytes;
    },
  };
}

export function algorithmOf(name: string): Algorithm {
  const upper = name.toUpperCase();
  if (upper === 'CRC32' || upper === 'SHA256') return upper;
  throw notImplemented(`S3 checksum ${upper}`);
}

/** Which checksum comes with the body, and its value when it stands in a header already. */
export function expectedChecksum(
  headers: IncomingHttpHeaders,
): { readonly algorithm: Algorithm; readonly inHeader: string | undefined } | undefined {
  const named = Object.keys(headers).find(
    (name) => /^x-amz-checksum-/.test(name) && !/-(mode|algorithm|type)$/.test(name),
  );
  const trailer = headers['x-amz-trailer'];
  const name = named ?? (typeof trailer === 'string' ? trailer.trim() : undefined);
  if (name === undefined) return undefined;
  const algorithm = algorithmOf(name.replace('x-amz-checksum-', ''));
  return { algorithm, inHeader: named === undefined ? undefined : String(headers[named]) };
}

/** Throws BadDigest unless both are the same; a checksum announced and not sent is no match. */
export function mustMatch(algorithm: Algorithm, given: string | undefined, computed: string): void {
  if (given === computed) return;
  const message = `The ${algorithm} you specified did not match the calculated checksum.`;
  throw new AwsFault('BadDigest', message);
}

/** Checksum of checksums of a multipart upload, as `<base64>-<parts>`. */
export function composite(algorithm: Algorithm, parts: readonly string[]): string {
  const digest = digestOf(algorithm);
  for (const part of parts) digest.update(Buffer.from(part, 'base64'));
  return `${digest.value().toString('base64')}-${parts.length}`;
}

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AwsFault, notImplemented } from '#infra/local/engines/wire/fault.ts';
import type { Segment, SegmentStore } from '../store/segments.ts';
import { type Algorithm, digestOf, expectedChecksum, mustMatch } from './checksum.ts';
import { ChunkedBody } from './chunked.ts';

export interface Received {
  readonly segment: Segment;
  readonly md5: string;
  readonly checksum: { readonly algorithm: Algorithm; readonly value: string } | undefined;
}

/**
 * Streams a body to disk and verifies length, payload hash and checksum on the way. Anything wrong
 * leaves nothing behind. `arn` is bound to the data key of a sealed bucket.
 */
export async function receive(
  req: IncomingMessage,
  store: SegmentStore,
  place: { readonly arn: string; readonly kmsKeyArn: string | undefined },
): Promise<Received> {
  const { sha256, sizeBytes, chunked } = announced(req);
  const expected = expectedChecksum(req.headers);
  const body = chunked ? new ChunkedBody(req) : undefined;
  const md5 = createHash('md5');
  const payload = sha256 === undefined ? undefined : createHash('sha256');
  const digest = expected && digestOf(expected.algorithm);
  const segment = await store.write(tapped(), place);
  try {
    if (segment.sizeBytes !== sizeBytes) {
      throw new AwsFault('IncompleteBody', 'The body has another length than announced.');
    }
    if (payload !== undefined && payload.digest('hex') !== sha256) {
      throw new AwsFault(
        'XAmzContentSHA256Mismatch',
        'The body does not match x-amz-content-sha256.',
      );
    }
    const value = digest?.value().toString('base64');
    if (expected !== undefined && value !== undefined) {
      const { algorithm, inHeader } = expected;
      mustMatch(
        algorithm,
        inHeader ?? body?.trailers.get(`x-amz-checksum-${algorithm.toLowerCase()}`),
        value,
      );
      return { segment, md5: md5.digest('hex'), checksum: { algorithm, value } };
    }
    return { segment, md5: md5.digest('hex'), checksum: undefined };
  } catch (error) {
    store.remove([segment]);
    throw error;
  }

  async function* tapped(): AsyncGenerator<Buffer> {
    for await (const piece of body?.data() ?? req) {
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      md5.update(bytes);
      payload?.update(bytes);
      digest?.update(bytes);
      yield bytes;
    }
  }
}

function announced({ headers }: IncomingMessage) {
  const hash = String(headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD');
  if (headers['content-md5'] !== undefined) throw notImplemented('S3 Content-MD5');
  const chunked = hash === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  if (hash.startsWith('STREAMING-') && !chunked) throw notImplemented(`S3 payload ${hash}`);
  if (!chunked && /aws-chunked/.test(headers['content-encoding'] ?? '')) {
    throw notImplemented('S3 aws-chunked without a trailer');
  }
  const length = headers[chunked ? 'x-amz-decoded-content-length' : 'content-length'];
  if (length === undefined || !/^\d+$/.test(String(length))) {
    const message = 'You must provide the Content-Length HTTP header.';
    throw new AwsFault('MissingContentLength', message, { status: 411 });
  }
  const sha256 = /^[0-9a-f]{64}$/.test(hash) ? hash : undefined;
  return { chunked, sha256, sizeBytes: Number(length) };
}

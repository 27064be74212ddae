import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { headerOf } from '../body/checksum.ts';
import { isNotModified } from '../conditions.ts';
import {
  type Request,
  type S3,
  type S3Operation,
  sealedHeaders,
  storedObject,
  versionHeader,
} from '../context.ts';
import { type Range, rangeOf } from '../range.ts';
import type { Stored } from '../store/rows.ts';

/** GET and HEAD: the same headers, with and without the bytes. */
export const getObject: S3Operation = async (s3, request) => {
  const object = storedObject(s3, request);
  const headers = headersOf(request, object);
  if (isNotModified(request.req.headers, object)) return { status: 304, headers };
  const range = rangeOf(request.req.headers.range, object.sizeBytes);
  s3.segments.mustOpen(object.segments);
  const { start, end } = range ?? { start: 0, end: object.sizeBytes };
  const { res } = request;
  res.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    date: new Date(s3.now()).toUTCString(),
    'content-length': end - start,
    ...(range === undefined && checksumHeaders(request, object)),
    ...(range && { 'content-range': `bytes ${start}-${end - 1}/${object.sizeBytes}` }),
  });
  if (request.req.method === 'HEAD') res.end();
  else await sendBytes(s3, request, { object, start, end });
  return undefined;
};

async function sendBytes(
  s3: S3,
  { res }: Request,
  wanted: Range & { object: Stored },
): Promise<void> {
  try {
    await pipeline(Readable.from(bytesOf(s3, wanted), { objectMode: false }), res);
  } catch {
    // The caller hung up, or the file failed in mid-stream: a cut connection is the only honest answer.
    res.destroy();
  }
}

async function* bytesOf(
  s3: S3,
  { object, start, end }: Range & { object: Stored },
): AsyncGenerator<Buffer> {
  let before = 0;
  for (const segment of object.segments) {
    const from = Math.max(start - before, 0);
    const to = Math.min(end - before, segment.sizeBytes);
    if (from < to) yield* s3.segments.read(segment, from, to);
    before += segment.sizeBytes;
  }
}

function headersOf({ bucket }: Request, object: Stored): Record<string, string> {
  return {
    ...object.kept,
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.at).toUTCString(),
    'accept-ranges': 'bytes',
    ...versionHeader(bucket, object.versionId),
    ...sealedHeaders(bucket),
  };
}

function checksumHeaders({ req }: Request, { checksum }: Stored): Record<string, string> {
  if (checksum === null || req.headers['x-amz-checksum-mode'] !== 'ENABLED') return {};
  const type = checksum.value.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT';
  return { [headerOf(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': type };
}

import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { S3Engine } from '#infra/local/engines/engine.ts';
import { ChunkedBody } from '#infra/local/engines/s3/body/chunked.ts';
import { createS3 } from '#infra/local/engines/s3/engine.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, errorOf, operator, place } from './support.ts';

const framed = '5\r\nhello\r\n1;chunk-signature=ab\r\n!\r\n0\r\nx-amz-checksum-crc32: AAAA\r\n\r\n';

async function decode(text: string, pieceBytes: number) {
  async function* pieces() {
    for (let at = 0; at < text.length; at += pieceBytes)
      yield Buffer.from(text.slice(at, at + pieceBytes));
  }
  const body = new ChunkedBody(pieces());
  const data: Buffer[] = [];
  for await (const piece of body.data()) data.push(piece);
  return {
    data: Buffer.concat(data).toString(),
    checksum: body.trailers.get('x-amz-checksum-crc32'),
  };
}

test.each([1, 2, 3, 7, 1000])(
  'an aws-chunked body in pieces of %i bytes is read right',
  async (pieceBytes) => {
    expect(await decode(framed, pieceBytes)).toEqual({ data: 'hello!', checksum: 'AAAA' });
  },
);

test.each([
  ['cut in the data', framed.slice(0, 6)],
  ['cut before the trailer', framed.slice(0, 40)],
  ['a size that is none', 'zz\r\nhello\r\n0\r\n\r\n'],
  ['a size too small', '4\r\nhello\r\n0\r\n\r\n'],
  ['an endless line', 'a'.repeat(10_000)],
])('a body with %s is refused', async (_how, text) => {
  await expect(decode(text, 1000)).rejects.toMatchObject({ code: 'IncompleteBody' });
});

let served: Served<S3Engine>;
beforeAll(async () => {
  const secretOf = () => operator.secretAccessKey;
  served = await serveEngine(() =>
    createS3({ ...place, folder: undefined, now: Date.now, secretOf }),
  );
  served.engine.createBucket({ name: 'bucket', versioned: false });
});
afterAll(() => served.close());
const Bucket = 'bucket';

test('a stream shorter than it announced leaves no object', async () => {
  const client = new S3Client(clientOf(served.url));
  const Body = Readable.from([Buffer.from('short')]);
  const put = new PutObjectCommand({ Bucket, Key: 'short', Body, ContentLength: 6 });
  expect(await errorOf(client.send(put))).toBe('IncompleteBody');
  expect(await errorOf(client.send(new GetObjectCommand({ Bucket, Key: 'short' })))).toBe(
    'NoSuchKey',
  );
});

test('a body changed after it was signed is refused', async () => {
  const client = new S3Client({
    ...clientOf(served.url),
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.request ?? {}, { body: 'wrong' });
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  const put = new PutObjectCommand({ Bucket, Key: 'changed', Body: 'right' });
  expect(await errorOf(client.send(put))).toBe('XAmzContentSHA256Mismatch');
});

test('an upload belongs to its key', async () => {
  const client = new S3Client(clientOf(served.url));
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'mine' }));
  const abort = (Key: string) =>
    errorOf(client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })));
  expect(await abort('other')).toBe('NoSuchUpload');
  expect(await abort('mine')).toBe('none');
});

test('a checksum hoisted into the query, which binds nothing, is not taken for a binding', async () => {
  const client = new S3Client(clientOf(served.url));
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(Object(args.request).query, { 'x-amz-checksum-sha256': 'x' });
      return next(args);
    },
    { step: 'build' },
  );
  const put = new PutObjectCommand({ Bucket, Key: 'hoisted', Body: 'x' });
  await expect(client.send(put)).rejects.toThrow('PutObject with parameter x-amz-checksum-sha256');
});

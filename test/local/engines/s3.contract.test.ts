import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { S3Engine } from '#infra/local/engines/engine.ts';
import { createKms } from '#infra/local/engines/kms/engine.ts';
import { createS3 } from '#infra/local/engines/s3/engine.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, errorOf, operator, place } from './support.ts';

interface Given {
  readonly client: S3Client;
  /** Versioned, under a KMS key. */
  readonly bucket: string;
  readonly key: string;
  /** Keeps no versions. */
  readonly plain: string;
}

/** What the system asks of S3; keys are under a prefix of their own. */
function contract(given: () => Given) {
  const prefix = `contract-${Date.now()}/`;
  const put = (
    Key: string,
    Body: NonNullable<PutObjectCommandInput['Body']>,
    more: Partial<PutObjectCommandInput> = {},
  ) =>
    given().client.send(
      new PutObjectCommand({ Bucket: given().bucket, Key: prefix + Key, Body, ...more }),
    );
  const get = async (Key: string, more: Partial<GetObjectCommandInput> = {}) => {
    const command = new GetObjectCommand({ Bucket: given().bucket, Key: prefix + Key, ...more });
    const answer = await given().client.send(command);
    return { ...answer, bytes: Buffer.from((await answer.Body?.transformToByteArray()) ?? []) };
  };
  const data = randomBytes(300_001);

  test('an object comes back whole with its headers, metadata and encryption', async () => {
    const more = { ContentType: 'text/csv', Metadata: { origin: 'assurance' } };
    const sent = await put('a file é+&.csv', data, more);
    const got = await get('a file é+&.csv');
    expect(got.bytes.equals(data)).toBe(true);
    expect(got).toMatchObject({
      ...more,
      ContentLength: data.length,
      ETag: sent.ETag,
      VersionId: sent.VersionId,
    });
    expect(got).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: given().key });
    expect(got.ChecksumCRC32).toBe(sent.ChecksumCRC32);
  });

  test('a stream is stored without its framing, its trailing checksum verified', async () => {
    const Body = Readable.from([data.subarray(0, 70_000), data.subarray(70_000)]);
    const sent = await put('stream', Body, { ContentLength: data.length });
    expect(sent.ChecksumCRC32).toHaveLength(8);
    const got = await get('stream');
    expect(got.bytes.equals(data)).toBe(true);
    expect(got.ContentEncoding).toBeUndefined();
  });

  test('a body that is not the announced SHA-256 is refused and leaves nothing', async () => {
    const right = createHash('sha256').update(data).digest('base64');
    expect(await errorOf(put('sum', 'other', { ChecksumSHA256: right }))).toBe('BadDigest');
    expect(await errorOf(get('sum'))).toBe('NoSuchKey');
    expect((await put('sum', data, { ChecksumSHA256: right })).ChecksumSHA256).toBe(right);
  });

  test.each([
    ['bytes=10-19', 10, 20],
    ['bytes=17-', 17, 300_001],
    ['bytes=-5', 299_996, 300_001],
    ['bytes=299999-999999', 299_999, 300_001],
    ['bytes=131071-262146', 131_071, 262_147],
  ])('the range %s is exact', async (Range, start, end) => {
    await put('range', data);
    const got = await get('range', { Range });
    expect(got.bytes.equals(data.subarray(start, end))).toBe(true);
    expect(got.ContentRange).toBe(`bytes ${start}-${end - 1}/300001`);
  });

  test('a range behind the end is refused by its name', async () => {
    await put('short', 'abc');
    expect(await errorOf(get('short', { Range: 'bytes=3-' }))).toBe('InvalidRange');
  });

  test('of twenty who create the same key one wins', async () => {
    const writes = Array.from({ length: 20 }, (_, n) =>
      errorOf(put('race', `${n}`, { IfNoneMatch: '*' })),
    );
    const names = await Promise.all(writes);
    expect(names.filter((name) => name === 'none')).toHaveLength(1);
    const lost = new Set(names.filter((name) => name !== 'none'));
    // AWS answers some of the racers with a conflict of the operation instead.
    expect(['PreconditionFailed', 'ConditionalRequestConflict']).toEqual(
      expect.arrayContaining([...lost]),
    );
  });

  test('a write on an expected ETag fails when another came between', async () => {
    const { ETag } = await put('match', 'one');
    expect(await errorOf(put('match', 'two', { IfMatch: ETag }))).toBe('none');
    expect(await errorOf(put('match', 'three', { IfMatch: ETag }))).toBe('PreconditionFailed');
    expect(await errorOf(put('match-nothing', 'x', { IfMatch: ETag }))).toBe('NoSuchKey');
  });

  test('a read with a condition tells that nothing changed, or that it did', async () => {
    const { ETag } = await put('read', 'one');
    const unchanged = get('read', { IfNoneMatch: ETag });
    await expect(unchanged).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect(await errorOf(get('read', { IfMatch: '"0"' }))).toBe('PreconditionFailed');
  });

  test('a deleted object is hidden by a marker and its versions stay until each is deleted', async () => {
    const { client, bucket: Bucket } = given();
    const Key = `${prefix}versions`;
    const one = await put('versions', '1');
    const two = await put('versions', '2');
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(marker.DeleteMarker).toBe(true);
    expect(await errorOf(get('versions'))).toBe('NoSuchKey');
    expect((await get('versions', { VersionId: one.VersionId })).bytes.toString()).toBe('1');
    await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId: marker.VersionId }));
    expect((await get('versions')).bytes.toString()).toBe('2');
    await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId: two.VersionId }));
    expect((await get('versions')).bytes.toString()).toBe('1');
    expect(await errorOf(get('versions', { VersionId: two.VersionId }))).toBe('NoSuchVersion');
    expect(
      await errorOf(client.send(new DeleteObjectCommand({ Bucket, Key: `${prefix}never` }))),
    ).toBe('none');
  });

  test('a bucket without versions keeps the last write only', async () => {
    const { client, plain: Bucket } = given();
    const Key = `${prefix}plain`;
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '1' }));
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key, Body: '2' }));
    expect(VersionId).toBeUndefined();
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(await errorOf(client.send(new HeadObjectCommand({ Bucket, Key })))).toBe('NotFound');
  });

  test('a listing by prefix comes in pages, in order of bytes, without what is deleted', async () => {
    const { client, bucket: Bucket } = given();
    const names = ['p/a', 'p/a/b', 'p/z', 'p/é', 'p/<&>'];
    for (const name of names) await put(name, name);
    await put('p/gone', 'x');
    await client.send(new DeleteObjectCommand({ Bucket, Key: `${prefix}p/gone` }));
    const found: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = new ListObjectsV2Command({
        Bucket,
        Prefix: `${prefix}p/`,
        MaxKeys: 2,
        ContinuationToken,
      });
      const answer = await client.send(page);
      expect(answer.KeyCount).toBeLessThanOrEqual(2);
      found.push(...(answer.Contents ?? []).map(({ Key }) => Key?.slice(prefix.length)));
      ContinuationToken = answer.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(found).toEqual(['p/<&>', 'p/a', 'p/a/b', 'p/z', 'p/é']);
  });

  describe('in parts', () => {
    const parts = [randomBytes(5 << 20), randomBytes(5 << 20), Buffer.from('the end')];
    const begin = async (Key: string) => {
      const { client, bucket: Bucket } = given();
      const more = { ContentType: 'application/dicom', ChecksumAlgorithm: 'CRC32' } as const;
      const create = new CreateMultipartUploadCommand({ Bucket, Key: prefix + Key, ...more });
      return { Bucket, Key: prefix + Key, UploadId: (await client.send(create)).UploadId };
    };
    const upload = async (Key: string) => {
      const at = await begin(Key);
      const Parts = await Promise.all(
        parts.map(async (Body, n) => {
          const part = new UploadPartCommand({
            ...at,
            PartNumber: n + 1,
            Body,
            ChecksumAlgorithm: 'CRC32',
          });
          const { ETag, ChecksumCRC32 } = await given().client.send(part);
          return { PartNumber: n + 1, ETag, ChecksumCRC32 };
        }),
      );
      return { at, Parts };
    };

    test('parts become one object, read across their borders', async () => {
      const { at, Parts } = await upload('parts');
      const complete = new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } });
      const { ETag } = await given().client.send(complete);
      expect(ETag).toMatch(/^"[0-9a-f]+-3"$/);
      const whole = Buffer.concat(parts);
      expect((await get('parts')).bytes.equals(whole)).toBe(true);
      const start = (5 << 20) - 3;
      const crossing = await get('parts', { Range: `bytes=${start}-${start + 9}` });
      expect(crossing.bytes.equals(whole.subarray(start, start + 10))).toBe(true);
      expect(await errorOf(given().client.send(complete))).toMatch(/none|NoSuchUpload/);
    });

    test('a wrong order, an unknown part and a small part in the middle are refused', async () => {
      const { at, Parts } = await upload('wrong');
      const complete = (list: typeof Parts) =>
        errorOf(
          given().client.send(
            new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts: list } }),
          ),
        );
      expect(await complete(Parts.toReversed())).toBe('InvalidPartOrder');
      expect(await complete([{ PartNumber: 9, ETag: '"0"', ChecksumCRC32: 'AAAAAA==' }])).toBe(
        'InvalidPart',
      );
      const last = Parts.slice(2);
      await given().client.send(
        new UploadPartCommand({ ...at, PartNumber: 4, Body: 'x', ChecksumAlgorithm: 'CRC32' }),
      );
      const four = {
        PartNumber: 4,
        ETag: `"${createHash('md5').update('x').digest('hex')}"`,
        ChecksumCRC32: undefined,
      };
      expect(await complete([...last, four])).toMatch(/EntityTooSmall|InvalidPart/);
      expect(await errorOf(get('wrong'))).toBe('NoSuchKey');
    });

    test('an aborted upload is gone', async () => {
      const { at, Parts } = await upload('aborted');
      await given().client.send(new AbortMultipartUploadCommand(at));
      const complete = new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } });
      expect(await errorOf(given().client.send(complete))).toBe('NoSuchUpload');
    });
  });

  test('buckets and keys that are not there are told by name', async () => {
    const { client, bucket: Bucket } = given();
    expect(await errorOf(client.send(new HeadBucketCommand({ Bucket })))).toBe('none');
    const elsewhere = new GetObjectCommand({ Bucket: `${Bucket}-not`, Key: 'x' });
    expect(await errorOf(client.send(elsewhere))).toMatch(/NoSuchBucket|AccessDenied/);
    expect(await errorOf(get('never'))).toBe('NoSuchKey');
  });
}

describe('S3 contract, at home', () => {
  let served: Served<S3Engine>;
  let given: Given;
  beforeAll(async () => {
    const options = { ...place, folder: undefined, now: Date.now };
    const kms = createKms(options);
    const kmsKeyArn = kms.createKey({ id: '33333333-3333-4333-8333-333333333333' });
    const secretOf = (id: string) =>
      id === operator.accessKeyId ? operator.secretAccessKey : undefined;
    served = await serveEngine(() => createS3({ ...options, secretOf, dataKeys: kms.dataKeys }));
    served.engine.createBucket({ name: 'versioned', versioned: true, kmsKeyArn, bucketKey: true });
    served.engine.createBucket({ name: 'plain', versioned: false });
    given = {
      client: new S3Client(clientOf(served.url)),
      bucket: 'versioned',
      key: kmsKeyArn,
      plain: 'plain',
    };
  });
  afterAll(() => served.close());
  contract(() => given);
});

import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { S3Engine } from '#infra/local/engines/engine.ts';
import { createKms } from '#infra/local/engines/kms/engine.ts';
import { createS3 } from '#infra/local/engines/s3/engine.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, operator, place } from './support.ts';

interface Given {
  readonly client: S3Client;
  /** Versioned. */
  readonly bucket: string;
}

/** What an erasure asks of S3; keys are under a prefix of their own. */
function contract(given: () => Given) {
  const prefix = `versions-${Date.now()}/`;
  const put = (Key: string, Body: string) =>
    given().client.send(new PutObjectCommand({ Bucket: given().bucket, Key: prefix + Key, Body }));

  test('all versions of a prefix come in pages, newest first, markers among them; deleting goes on behind', async () => {
    const { client, bucket: Bucket } = given();
    const names: string[] = [];
    for (const [name, count] of [
      ['all é/1', 3],
      ['all é/2', 1],
      ['all é/3', 2],
    ] as const)
      for (let at = 0; at < count; at++)
        names.push(`${name} ${(await put(name, `${at}`)).VersionId}`);
    const Key = `${prefix}all é/1`;
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key }));
    const found: { name: string; isLatest: boolean | undefined; isMarker: boolean }[] = [];
    for (let from: { KeyMarker?: string; VersionIdMarker?: string } = {}, pages = 0; pages < 9; ) {
      const page = await client.send(
        new ListObjectVersionsCommand({ Bucket, Prefix: `${prefix}all `, MaxKeys: 2, ...from }),
      );
      const { Versions = [], DeleteMarkers = [] } = page;
      for (const [list, isMarker] of [
        [Versions, false],
        [DeleteMarkers, true],
      ] as const)
        for (const { Key: key = '', VersionId, IsLatest } of list) {
          const name = `${key.slice(prefix.length)} ${VersionId}`;
          found.push({ name, isLatest: IsLatest, isMarker });
          await client.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId }));
        }
      pages++;
      if (!page.IsTruncated || page.NextKeyMarker === undefined) break;
      from = {
        KeyMarker: page.NextKeyMarker,
        ...(page.NextVersionIdMarker ? { VersionIdMarker: page.NextVersionIdMarker } : {}),
      };
    }
    expect(found.map(({ name }) => name).sort()).toEqual(
      [...names, `all é/1 ${marker.VersionId}`].sort(),
    );
    expect(found.filter(({ isMarker }) => isMarker)).toEqual([
      { name: `all é/1 ${marker.VersionId}`, isLatest: true, isMarker: true },
    ]);
    expect(found.filter(({ name, isLatest }) => isLatest && name.startsWith('all é/3'))).toEqual([
      { name: names.at(-1), isLatest: true, isMarker: false },
    ]);
    const left = await client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: `${prefix}all ` }),
    );
    expect([left.Versions, left.DeleteMarkers, left.IsTruncated]).toEqual([
      ...[undefined, undefined, false],
    ]);
  });
}

describe('S3 contract of versions, at home', () => {
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
    given = { client: new S3Client(clientOf(served.url)), bucket: 'versioned' };
  });
  afterAll(() => served.close());
  contract(() => given);
});

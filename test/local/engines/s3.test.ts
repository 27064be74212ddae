import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import type { S3Event } from '#infra/local/engines/engine.ts';
import { createKms } from '#infra/local/engines/kms/engine.ts';
import { createS3 } from '#infra/local/engines/s3/engine.ts';
import { serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, errorOf, operator, place, temporaryFolder } from './support.ts';

const id = '55555555-5555-4555-8555-555555555555';
async function start(
  given: { folder?: string; now?: () => number; onEvent?: (event: S3Event) => void } = {},
) {
  const options = { ...place, folder: undefined, now: given.now ?? Date.now };
  const { folder } = given;
  const kms = createKms({ ...options, folder: folder && join(folder, 'kms') });
  const own = { folder: folder && join(folder, 's3'), secretOf: () => operator.secretAccessKey };
  const { onEvent = () => undefined } = given;
  const served = await serveEngine(() =>
    createS3({ ...options, ...own, dataKeys: kms.dataKeys, onEvent }),
  );
  served.engine.createBucket({ name: 'sealed', versioned: true, kmsKeyArn: kms.createKey({ id }) });
  served.engine.createBucket({ name: 'plain', versioned: false });
  const client = new S3Client(clientOf(served.url));
  const put = (Bucket: string, Key: string, Body: string) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body }));
  const get = async (Bucket: string, Key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return Body?.transformToString();
  };
  return { served, client, kms, put, get };
}

test('an object of a sealed bucket stands nowhere on disk in clear, and opens with the next engine', async () => {
  const folder = temporaryFolder();
  const first = await start({ folder });
  await first.put('sealed', 'a', 'CANARY of a patient');
  await first.put('plain', 'b', 'clear text');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const holding = (text: string) =>
    files.filter((one) => readFileSync(join(one.parentPath, one.name)).includes(text)).length;
  expect([holding('CANARY'), holding('clear text')]).toEqual([0, 1]);
  await first.served.close();
  const second = await start({ folder });
  expect(await second.get('sealed', 'a')).toBe('CANARY of a patient');
  await second.served.close();
});

test('with its key disabled a sealed object is told so before a byte leaves', async () => {
  const { served, kms, put, get } = await start();
  await put('sealed', 'a', 'x');
  kms.setState(id, 'Disabled');
  expect(await errorOf(get('sealed', 'a'))).toBe('KMS.DisabledException');
  expect(await errorOf(put('sealed', 'b', 'x'))).toBe('KMS.DisabledException');
  await served.close();
});

test('creations and deletions are told with version, size and order', async () => {
  const events: S3Event[] = [];
  const { served, client, put } = await start({ onEvent: (event) => void events.push(event) });
  const { VersionId, ETag } = await put('sealed', 'incoming/é.csv', 'abc');
  await client.send(new DeleteObjectCommand({ Bucket: 'sealed', Key: 'incoming/é.csv' }));
  expect(events).toMatchObject([
    {
      detailType: 'Object Created',
      reason: 'PutObject',
      bucket: 'sealed',
      key: 'incoming/é.csv',
      versionId: VersionId,
      sizeBytes: 3,
      etag: ETag?.replaceAll('"', ''),
      requester: 'OPERATOR',
    },
    { detailType: 'Object Deleted', deletionType: 'Delete Marker Created' },
  ]);
  const [one, two] = events.map(({ sequencer }) => sequencer);
  expect(String(one) < String(two)).toBe(true);
  await served.close();
});

test('events that their listener could not take are told again, in order, by the next engine of the folder', async () => {
  const folder = temporaryFolder();
  const deaf = await start({
    folder,
    onEvent: () => {
      throw new Error('the queue is not there (expected in this test)');
    },
  });
  await deaf.put('plain', 'a', 'x');
  await deaf.put('plain', 'b', 'x');
  await deaf.served.close();
  const told: string[] = [];
  const { served, get } = await start({ folder, onEvent: ({ key }) => void told.push(key) });
  await expect.poll(() => told).toEqual(['a', 'b']);
  expect(await get('plain', 'a')).toBe('x');
  await served.close();
});

test('files that no object names, left by a killed upload, are gone at the next start', async () => {
  const folder = temporaryFolder();
  const first = await start({ folder });
  await first.put('plain', 'a', 'x');
  await first.served.close();
  const objects = join(folder, 's3', 'objects');
  writeFileSync(join(objects, 'stray'), 'half');
  const second = await start({ folder });
  expect(readdirSync(objects)).toHaveLength(1);
  expect(await second.get('plain', 'a')).toBe('x');
  await second.served.close();
});

test('what was overwritten or deleted for good leaves no file', async () => {
  const folder = temporaryFolder();
  const { served, client, put } = await start({ folder });
  await put('plain', 'a', '1');
  await put('plain', 'a', '2');
  const files = () => readdirSync(join(folder, 's3', 'objects')).length;
  expect(files()).toBe(1);
  await client.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'a' }));
  expect(files()).toBe(0);
  await served.close();
});

test('an upload that breaks off leaves no object and no file', async () => {
  const folder = temporaryFolder();
  const { served, client, put, get } = await start({ folder });
  await put('plain', 'before', 'x');
  client.middlewareStack.add(
    () =>
      async ({ request: signed }) => {
        const { headers, hostname, port, query } = Object(signed);
        const path = `${Object(signed).path}?${new URLSearchParams(query)}`;
        const half = request({
          host: hostname,
          port,
          path,
          method: 'PUT',
          headers: { ...headers, 'content-length': '1000' },
        });
        half.on('error', () => undefined);
        half.write('half');
        await expect.poll(() => readdirSync(join(folder, 's3', 'objects')).length).toBe(2);
        half.destroy();
        throw new Error('broken off');
      },
    { step: 'deserialize', priority: 'low' },
  );
  const Body = Buffer.alloc(1000);
  expect(
    await errorOf(client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'half', Body }))),
  ).toBe('Error');
  await expect.poll(() => readdirSync(join(folder, 's3', 'objects')).length).toBe(1);
  await served.close();
  const again = await start({ folder });
  expect(await errorOf(again.get('plain', 'half'))).toBe('NoSuchKey');
  await again.served.close();
  expect(await errorOf(get('plain', 'before'))).not.toBe('none');
});

test('signatures are checked against world time', async () => {
  const in2022 = () => Date.parse('2022-02-07T09:00:00Z');
  const { served, client } = await start({ now: in2022 });
  const config = { ...clientOf(served.url), systemClockOffset: in2022() - Date.now() };
  const worldly = new S3Client(config);
  const ask = (by: S3Client) =>
    errorOf(by.send(new GetObjectCommand({ Bucket: 'plain', Key: 'a' })));
  expect(await ask(client)).toBe('RequestTimeTooSkewed');
  expect(await ask(worldly)).toBe('NoSuchKey');
  await served.close();
});

test('what is not played says so: operations, locks, tags, deleting on a condition', async () => {
  const { served, client } = await start();
  const at = { Bucket: 'plain', Key: 'a' };
  const calls = [
    client.send(new CopyObjectCommand({ ...at, CopySource: 'plain/b' })),
    client.send(new ListMultipartUploadsCommand({ Bucket: 'plain' })),
    client.send(new PutObjectCommand({ ...at, Body: 'x', Tagging: 'a=b' })),
    client.send(new PutObjectCommand({ ...at, Body: 'x', ObjectLockMode: 'COMPLIANCE' })),
    client.send(new PutObjectCommand({ ...at, Body: 'x', ChecksumAlgorithm: 'SHA1' })),
    client.send(new DeleteObjectCommand({ ...at, IfMatch: '"x"' })),
    client.send(new GetObjectCommand({ ...at, ResponseContentType: 'text/html' })),
  ];
  expect(await Promise.all(calls.map(errorOf))).toEqual(calls.map(() => 'NotImplemented'));
  await served.close();
});

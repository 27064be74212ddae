import './in-process.ts';
import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { beginImport, importFile } from '#functions/enrolment/import-file.ts';
import { asTold, loadImport } from '#functions/enrolment/import-store.ts';
import { csv, header, someone } from '../town.ts';
import { world } from './in-process.ts';

const MiB = 1024 * 1024;
const now = Date.parse('2022-01-31T08:00:00Z');
const Bucket = world.physical('INTAKE_BUCKET');
// The rooms' own client gives up after seconds, which is right for them and too soon for 200 MB.
const s3 = new S3Client({ ...world.aws(), forcePathStyle: true });

/** A good line, an endless line (which ends with the first bad one), bad lines of 8 KiB, a good line. */
function* content(half: number): Generator<Buffer> {
  yield Buffer.from(`${header}\n${csv(someone('74'))}\n`);
  const endless = Buffer.alloc(MiB, 'a;"b');
  for (let written = 0; written < half; written += 1) yield endless;
  const bad = Buffer.alloc(8 * 1024, 'x');
  bad[bad.length - 1] = 0x0a;
  for (let written = 0; written < half * 128; written += 1) yield bad;
  yield Buffer.from(`${csv(someone('74'))}\n`);
}

/** Imports a file of twice `half` MiB; what is told of it, and the process's largest memory meanwhile. */
async function taken(half: number) {
  let sizeBytes = 0;
  for (const chunk of content(half)) sizeBytes += chunk.length;
  const Key = `races/big-${half}-${process.pid}.csv`;
  const Body = Readable.from(content(half));
  const put = new PutObjectCommand({ Bucket, Key, Body, ContentLength: sizeBytes });
  const { ETag = '', VersionId = '' } = await s3.send(put);
  const etag = ETag.replaceAll('"', '');
  const id = await beginImport({ file: Key, etag, sizeBytes, version: VersionId }, now);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 10);
  await importFile({ id, now, hasTime: () => true });
  clearInterval(watch);
  const progress = await loadImport(id);
  return { told: progress && asTold(progress), sizeBytes, peak };
}

test('a file of 200 MB, half of it one endless line, is read with flat memory and each line is accounted for', async () => {
  // A stream cannot be sent twice: this client learns the world's time first.
  await s3.send(new PutObjectCommand({ Bucket, Key: 'races/time', Body: '' }));
  const small = await taken(10);
  const big = await taken(100);
  expect(big.sizeBytes).toBeGreaterThan(200_000_000);
  expect(big.told).toMatchObject({
    state: 'done',
    lines: 12_802,
    imported: 2,
    errors: 12_800,
    errorsByCode: { 'line/line-too-long': 1, 'line/column-count': 12_799 },
    readBytes: big.sizeBytes,
  });
  const growth = Math.round((big.peak - small.peak) / MiB);
  console.log(`200 MB took ${growth} MiB more than 20 MB`);
  expect(growth).toBeLessThan(100);
}, 240_000);

/** Imports files in a process of its own, so that its memory is that of the import alone. */
import process from 'node:process';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { csv, header, someone } from '#test/enrolment/someone.ts';
import { becomeFunction } from '#test/support/room-environment.ts';
import { attachWorld } from '#test/support/world.ts';
import { IntakeMemoryPlan, type MemoryOfImport } from './intake-memory.ts';

const { info, lines } = IntakeMemoryPlan.parse(JSON.parse(process.argv[2] ?? '{}'));
const world = attachWorld(info);
becomeFunction(world, 'enrolment-intake');
const { accessKeyId, secretAccessKey } = info.operator;
Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});
const { beginImport, importFile } = await import('#functions/enrolment/import-file.ts');
const s3 = new S3Client({ ...world.aws(), forcePathStyle: true });
const mib = 1024 * 1024;

/** Where nobody is told of new files: only this process takes it. */
async function imported(count: number): Promise<MemoryOfImport> {
  const file = `bench/memory-${count}-${Date.now()}.csv`;
  const announced = await put(file, count);
  const id = await beginImport(announced, Date.now());
  let [most, live] = [0, 0];
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    live = Math.max(live, heapUsed + external);
  }, 50);
  const answer = await importFile({ id, now: Date.now(), hasTime: () => true });
  clearInterval(watch);
  if (answer !== 'done') throw new Error(`the import was ${answer}`);
  return {
    lines: count,
    fileMib: announced.sizeBytes / mib,
    liveMib: live / mib,
    residentMib: most / mib,
  };
}

/** Its text is gone before the import begins. */
async function put(file: string, count: number) {
  const rows = Array.from({ length: count }, () => csv(someone('19')));
  const Body = Buffer.from([header, ...rows, ''].join('\n'));
  const Bucket = world.physical('INTAKE_BUCKET');
  const { ETag = '', VersionId = '' } = await s3.send(
    new PutObjectCommand({ Bucket, Key: file, Body }),
  );
  return { file, etag: ETag.replaceAll('"', ''), sizeBytes: Body.length, version: VersionId };
}

// Code, keys and connections of the first use are no memory of a file.
await imported(200);
const measured: MemoryOfImport[] = [];
for (const count of lines) measured.push(await imported(count));
process.stdout.write(JSON.stringify(measured));
process.exit(0);

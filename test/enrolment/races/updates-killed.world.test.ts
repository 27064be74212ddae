import './in-process.ts';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, expect, test } from 'vitest';
import { beginImport, importFile } from '#functions/enrolment/import-file.ts';
import { asTold, loadImport } from '#functions/enrolment/import-store.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { s3 } from '#shared/aws/s3.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { someone } from '../town.ts';
import { world } from './in-process.ts';
import { deathsOf, killedAt } from './killed-at.ts';
import { standing } from './standing.ts';

const now = Date.parse('2022-01-31T08:00:00Z');
const department = '88';
let files = 0;

/** Puts a file of updates where no worker is told of it; the returned act imports it. */
async function file(lines: readonly object[]) {
  const Body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const Key = `races/updates-${files++}-${process.pid}.ndjson`;
  const Bucket = world.physical('INTAKE_BUCKET');
  const { ETag = '', VersionId = '' } = await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const etag = ETag.replaceAll('"', '');
  const announced = { file: Key, etag, sizeBytes: Buffer.byteLength(Body), version: VersionId };
  return async () => {
    const id = await beginImport(announced, now);
    await importFile({ id, now, hasTime: () => true });
    const progress = await loadImport(id);
    if (!progress) throw new Error('the import is gone');
    return asTold(progress);
  };
}

const upsert = (row: InsuredRow) => ({ op: 'upsert', ...row });
async function toldOf({ nir }: InsuredRow): Promise<readonly string[]> {
  const found = await findByNir(nirTag(await secretMade('lookup'), nir));
  return (await standing(found?.holder ?? '')).told;
}

async function cohort() {
  const [leaves, dies, numbered, fresh] = [1, 2, 3, 4].map(() => someone(department));
  if (!leaves || !dies || !numbered || !fresh) throw new Error('nobody');
  const definitive = someone(department);
  await (await file([leaves, dies, numbered].map(upsert)))();
  const { nir, birthDate } = dies;
  const act = await file([
    upsert(fresh),
    { op: 'end', reason: 'left', nir: leaves.nir },
    { op: 'end', reason: 'death', nir, birthDate, diedOn: '2022-01-10' },
    { op: 'merge', from: numbered.nir, into: definitive.nir },
    { op: 'merge', from: numbered.nir, into: definitive.nir },
    { op: 'end', reason: 'left', nir: someone('12').nir },
  ]);
  return { leaves, dies, numbered, definitive, fresh, act };
}

afterAll(() => world.idle());

test('a file of updates killed at any of its calls and run again takes each line once', async () => {
  const deaths = await deathsOf((await cohort()).act);
  expect(deaths.length).toBeGreaterThanOrEqual(5);
  await inLanes(deaths, 3, async (n) => {
    const { leaves, dies, numbered, definitive, fresh, act } = await cohort();
    const how = `call ${n}`;
    expect(await killedAt(n, act), how).toMatchObject({ died: true });
    expect(await act(), how).toMatchObject({
      ...{ state: 'done', lines: 6, imported: 1, updated: 3, unchanged: 1, errors: 1 },
    });
    expect(await toldOf(fresh), how).toEqual(['import-insured']);
    expect(await toldOf(leaves), how).toEqual(['import-insured', 'note-left']);
    expect(await toldOf(dies), how).toEqual(['import-insured', 'record-death']);
    for (const row of [numbered, definitive])
      expect(await toldOf(row), how).toEqual(['import-insured', 'replace-nir']);
  });
});

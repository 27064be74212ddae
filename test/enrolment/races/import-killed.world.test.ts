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
import { csv, header, someone } from '../town.ts';
import { world } from './in-process.ts';
import { interleave } from './interleave.ts';
import { deathsOf, killedAt } from './killed-at.ts';
import { standing } from './standing.ts';

const now = Date.parse('2022-01-31T08:00:00Z');
const department = '73';
let files = 0;

/** Puts a file where no worker is told of it; the returned act imports it from its announcement on. */
async function file(rows: readonly string[]) {
  const Body = [header, ...rows, ''].join('\n');
  const Key = `races/${files++}-${process.pid}.csv`;
  const Bucket = world.physical('INTAKE_BUCKET');
  const { ETag = '', VersionId = '' } = await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const etag = ETag.replaceAll('"', '');
  const announced = { file: Key, etag, sizeBytes: Buffer.byteLength(Body), version: VersionId };
  return async () => {
    const id = await beginImport(announced, now);
    const answer = await importFile({ id, now, hasTime: () => true });
    const progress = await loadImport(id);
    if (!progress) throw new Error('the import is gone');
    return { answer, ...asTold(progress) };
  };
}

async function journalOf(row: InsuredRow): Promise<readonly string[]> {
  const found = await findByNir(nirTag(await secretMade('lookup'), row.nir));
  return (await standing(found?.holder ?? '')).told;
}

afterAll(() => world.idle());

/** Known people of whom one moved and one did not, new ones for two transactions, one twice, two bad lines. */
async function cohort() {
  const [moved, stayed] = [someone(department), someone(department)];
  await (await file([csv(moved), csv(stayed)]))();
  const fresh = Array.from({ length: 27 }, () => someone(department));
  const [first = moved] = fresh;
  const rows = [
    ...[csv({ ...moved, city: 'Albertville' }), csv(stayed), csv(someone('73', { sex: '?' }))],
    ...fresh.map(csv),
    ...[csv({ ...first, city: 'Modane' }), 'x;y'],
  ];
  return { moved, stayed, first, fresh, act: await file(rows) };
}

const counts = { lines: 32, imported: 27, updated: 2, unchanged: 1, errors: 2, state: 'done' };

test('an import killed at any of its calls and run again takes each line once and counts it once', async () => {
  const whole = await cohort();
  const deaths = await deathsOf(whole.act);
  expect(deaths.length).toBeGreaterThanOrEqual(10);
  await inLanes(deaths, 3, async (n) => {
    const { moved, stayed, first, fresh, act } = await cohort();
    const how = `call ${n}`;
    expect(await killedAt(n, act), how).toMatchObject({ died: true });
    expect(await act(), how).toMatchObject(counts);
    for (const row of [moved, first])
      expect(await journalOf(row), how).toEqual(['import-insured', 'update-insured']);
    for (const row of [stayed, ...fresh.slice(1)])
      expect(await journalOf(row), how).toEqual(['import-insured']);
  });
}, 240_000);

test('two workers with one import at once take each line once and count it once', async () => {
  await inLanes(Array.from({ length: 4 }).keys(), 2, async (run) => {
    const { fresh, act } = await cohort();
    let at = Date.now() + run;
    const { outcomes, trace } = await interleave({ left: act, right: act }, (ready) => {
      at = (at * 48_271) % 2_147_483_647;
      return ready[at % ready.length] ?? '';
    });
    const how = trace.join();
    for (const { status } of Object.values(outcomes)) expect(status, how).toBe('fulfilled');
    // Whoever was overtaken left the rest to the other.
    expect(await act(), how).toMatchObject(counts);
    for (const row of fresh.slice(1)) expect(await journalOf(row), how).toEqual(['import-insured']);
  });
}, 240_000);

test('two imports at once that name the same people make each known once, and count him once', async () => {
  const seed = Date.now();
  await inLanes(Array.from({ length: 8 }).keys(), 2, async (run) => {
    const [shared, mine, theirs] = [6, 3, 3].map((length) =>
      Array.from({ length }, () => someone(department)),
    );
    const all = [...(shared ?? []), ...(mine ?? []), ...(theirs ?? [])];
    const left = await file([...(shared ?? []), ...(mine ?? [])].map(csv));
    const right = await file([...(theirs ?? []), ...(shared ?? []).toReversed()].map(csv));
    let at = seed + run;
    const { outcomes, trace } = await interleave({ left, right }, (ready) => {
      at = (at * 48_271) % 2_147_483_647;
      return ready[at % ready.length] ?? '';
    });
    const told = Object.values(outcomes).map((one) =>
      one.status === 'fulfilled' ? one.value : one.reason,
    );
    const how = trace.join();
    expect(told, how).toMatchObject([
      { lines: 9, state: 'done' },
      { lines: 9, state: 'done' },
    ]);
    const sum = (counter: 'imported' | 'unchanged') =>
      told.reduce((total: number, one) => total + Number(Reflect.get(Object(one), counter)), 0);
    expect([sum('imported'), sum('unchanged')], how).toEqual([12, 6]);
    for (const row of all) expect(await journalOf(row), how).toEqual(['import-insured']);
  });
}, 240_000);

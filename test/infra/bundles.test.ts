import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { synthesize } from '#infra/app.ts';
import { type Bundle, bundle } from '#infra/bundle.ts';
import { entriesOf } from '#infra/entries.ts';
import { openApi } from '#infra/openapi.ts';
import { isDynamoOnly } from '#test/bench/dynamo-only.ts';
import { sealingEntries } from '#test/support/sealing/entries.ts';
import { temporaryFolder } from '#test/support/temporary.ts';

const folder = temporaryFolder('bundles');
const entries = entriesOf();
const begun = performance.now();
const bundles = await bundle(entries, path.join(folder, 'functions'));
const bundledMs = performance.now() - begun;
const codeOf = ({ folder: at }: Bundle) => readFileSync(path.join(at, 'index.mjs'), 'utf8');
const kib = (bytes: number) => Math.round(bytes / 1024);

describe('bundles', () => {
  test('one for each function, made by one call', () => {
    expect(bundles.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
    for (const one of bundles)
      expect(existsSync(path.join(one.folder, 'index.mjs')), one.id).toBe(true);
    const told = bundles.map(({ id, bytes }) => `${id} ${kib(bytes)}`).join(', ');
    console.log(`bundled in ${Math.round(bundledMs)} ms; KiB minified: ${told}`);
  });

  test('a function that needs only DynamoDB stays within 330 KiB', () => {
    const held = entries.filter(isDynamoOnly).map(({ id }) => id);
    expect(held).toContain('statistics-api');
    const large = bundles.filter(({ id, bytes }) => held.includes(id) && bytes > 330 * 1024);
    expect(large.map(({ id, bytes }) => `${id}: ${kib(bytes)} KiB`)).toEqual([]);
  });

  test('a function that needs nothing of AWS carries no SDK', () => {
    const bare = entries.filter(({ rights }) =>
      Object.values(rights).every(
        (one) => typeof one === 'object' && Object.keys(one).length === 0,
      ),
    );
    expect(bare.map(({ id }) => id)).toContain('contract-api');
    for (const { id } of bare) {
      const one = bundles.find((found) => found.id === id);
      expect(one?.bytes, id).toBeLessThan(150 * 1024);
    }
  });

  test('none looks for credentials anywhere but in its environment', () => {
    // Words of the SDK's chain: processes, containers, single sign-on.
    const chain = /credential_process|169\.254\.170\.2|sso_start_url|role_arn/;
    expect(bundles.filter((one) => chain.test(codeOf(one))).map(({ id }) => id)).toEqual([]);
  });

  test('none carries the signing suites that it never uses', () => {
    const sealed = bundles.filter((one) => codeOf(one).includes('branch-key-id'));
    expect(sealed.map(({ id }) => id)).toContain('enrolment-intake');
    expect(sealed.filter((one) => /asn1|mont\(/.test(codeOf(one))).map(({ id }) => id)).toEqual([]);
  });

  test('a function that seals and opens documents stays within 900 KiB', async () => {
    const [sealing, without] = await bundle(sealingEntries, path.join(folder, 'sealing'));
    console.log(`sealing ${kib(sealing?.bytes ?? 0)} KiB, without ${kib(without?.bytes ?? 0)} KiB`);
    expect(sealing?.bytes).toBeLessThan(900 * 1024);
  });

  test('nothing but code goes along, save the contract, the definitions of FHIR and the typefaces where they are used', () => {
    const beside: Record<string, string[]> = {
      'contract-api': ['index.mjs', 'openapi.json'],
      'documents-api': ['fhir-r4.json', 'index.mjs'],
      'documents-transfer': ['fhir-r4.json', 'index.mjs'],
      'enrolment-letters': ['index.mjs', 'source-sans-3-bold.ttf', 'source-sans-3-regular.ttf'],
      'enrolment-papers': ['index.mjs', 'source-sans-3-bold.ttf', 'source-sans-3-regular.ttf'],
      'notices-letters': ['index.mjs', 'source-sans-3-bold.ttf', 'source-sans-3-regular.ttf'],
      'journal-papers': ['index.mjs', 'source-sans-3-bold.ttf', 'source-sans-3-regular.ttf'],
    };
    for (const one of bundles)
      expect(readdirSync(one.folder).sort(), one.id).toEqual(beside[one.id] ?? ['index.mjs']);
    const served = readFileSync(
      path.join(folder, 'functions', 'contract-api', 'openapi.json'),
      'utf8',
    );
    expect(JSON.parse(served)).toEqual(JSON.parse(JSON.stringify(openApi(entries))));
  });

  test('no path of this machine is left in a bundle', () => {
    const told = bundles.filter((one) => codeOf(one).includes(process.cwd()));
    expect(told.map(({ id }) => id)).toEqual([]);
  });

  test('what did not change is not written again, so a running world is not disturbed', async () => {
    const file = path.join(folder, 'functions', 'contract-api', 'index.mjs');
    const { mtimeMs } = statSync(file);
    await bundle(entries, path.join(folder, 'functions'));
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });
});

test('a synthesized stage holds each bundle as it was made, and its stacks in the order of their needs', async () => {
  const outdir = path.join(folder, 'cdk.out');
  const { stacks, folder: assembly } = await synthesize({
    stage: 'home',
    outdir,
    buildDir: path.join(folder, 'functions'),
  });
  expect(stacks.map(({ name }) => name)).toEqual(
    ['keys', 'data', 'api', 'jobs', 'watch'].map((one) => `mes-home-${one}`),
  );
  const assets = readdirSync(assembly).filter((name) => name.startsWith('asset.'));
  const made = new Set(bundles.map(codeOf));
  const foreign = assets.filter(
    (asset) => !made.has(readFileSync(path.join(assembly, asset, 'index.mjs'), 'utf8')),
  );
  expect(foreign).toEqual([]);
  expect(assets.length).toBeGreaterThanOrEqual(made.size);
});

test("production passes CloudFormation's own rules and all of ours at synthesis", async () => {
  const outdir = path.join(folder, 'checked');
  const buildDir = path.join(folder, 'functions');
  const { stacks } = await synthesize({ stage: 'prod', outdir, buildDir, checked: true });
  expect(stacks).toHaveLength(5);
  const report = z.object({ pluginReports: z.array(z.unknown()) });
  const told = JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
  expect(report.parse(told).pluginReports).toEqual([]);
});

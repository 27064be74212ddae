import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Pair } from './bare.ts';
import type { Side } from './rounds.ts';

const script =
  'const begun = performance.now(); await import(process.argv[1]); process.stdout.write(String(performance.now() - begun)); process.exit(0);';

/** Imports a bundle in a fresh Node, as a cold start does; milliseconds of the import alone. */
function coldImport(folder: string, environment: Readonly<Record<string, string>>): number {
  const file = pathToFileURL(path.join(folder, 'index.mjs')).href;
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', script, file], {
    env: { ...environment, AWS_REGION: 'eu-west-3', TZ: ':UTC' },
    encoding: 'utf8',
  });
  const time = Number(done.stdout);
  if (done.status !== 0 || !(time > 0)) throw new Error(`${folder}: ${done.stderr}`);
  return time;
}

/** Cold import of a function against that of its bare clients. */
export function coldSides({ ours, bare }: Pair, environment: Readonly<Record<string, string>>) {
  const of = (folder: string): Side => {
    return async () => coldImport(folder, environment);
  };
  return { ours: of(ours.folder), bare: of(bare.folder) };
}

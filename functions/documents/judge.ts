import { readFile } from 'node:fs/promises';
import type { Judge } from '#shared/fhir/validator.ts';

/** Made at build time; it lies beside the bundle. */
const definitions = new URL('./fhir-r4.json', import.meta.url);

let judging: Promise<Judge> | undefined;

async function load(): Promise<Judge> {
  const { judgeBy } = await import('#shared/fhir/validator.ts');
  return judgeBy(await readFile(definitions, 'utf8'));
}

/** The judge of R4 resources, made at the first need: reading a document does not wait for it. */
export function theJudge(): Promise<Judge> {
  judging ??= load();
  judging.catch(() => {
    judging = undefined;
  });
  return judging;
}

/**
 * `npm run verify-certificate -- certificate.json [--key keys.json]`: verifies a certificate of deletion,
 * offline: no world, no network. Ends with 0 where it holds, else with 1.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { verifyCertificate } from './certificate.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string' } },
});
const [file] = positionals;

/** npm runs commands at the top of the project and tells where it was called. */
function textOf(name: string): string | undefined {
  try {
    return readFileSync(resolve(process.env.INIT_CWD ?? process.cwd(), name), 'utf8');
  } catch {
    console.log(`Le fichier ${name} ne peut pas être lu.`);
    return undefined;
  }
}

process.exitCode = 1;
const text = file === undefined ? undefined : textOf(file);
const key = values.key === undefined ? undefined : textOf(values.key);
if (file === undefined) console.log('Donnez le fichier de l’attestation à vérifier.');
if (text !== undefined && (values.key === undefined || key !== undefined)) {
  const { status, says } = verifyCertificate(text, key);
  console.log(says);
  process.exitCode = status;
}

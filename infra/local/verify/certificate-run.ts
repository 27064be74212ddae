/**
 * `npm run verify-certificate -- certificate.pdf [--key keys.json]`: verifies a certificate of deletion, out of
 * its sheet or from its JSON, offline: no world, no network. Ends with 0 where it holds, else with 1.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { verifyCertificate } from './certificate.ts';
import { certificateIn, saysWhatItCarries } from './enclosed.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string' } },
});
const [file] = positionals;

/** npm runs commands at the top of the project and tells where it was called. */
function bytesOf(name: string): Buffer | undefined {
  try {
    return readFileSync(resolve(process.env.INIT_CWD ?? process.cwd(), name));
  } catch {
    console.log(`Le fichier ${name} ne peut pas être lu.`);
    return undefined;
  }
}

process.exitCode = 1;
const bytes = file === undefined ? undefined : bytesOf(file);
const text = bytes && (await certificateIn(bytes));
const key = values.key === undefined ? undefined : bytesOf(values.key)?.toString('utf8');
if (file === undefined) console.log('Donnez le fichier de l’attestation à vérifier.');
if (bytes && text === undefined) console.log('Ce PDF ne contient pas d’attestation signée.');
if (bytes && text !== undefined && (values.key === undefined || key !== undefined)) {
  const { status, says } = verifyCertificate(text, key);
  console.log(says);
  const isTrue = await saysWhatItCarries(bytes, text);
  if (!isTrue)
    console.log('La feuille ne dit pas ce qui est signé : ne vous fiez pas à ce qu’elle montre.');
  process.exitCode = isTrue ? status : 1;
}

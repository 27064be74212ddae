/**
 * `npm run verify -- history.json [more parts] [--since earlier.json] [--json]`: verifies a history that
 * its holder exported, offline: no world, no network. Ends with 0 where it is whole, else with 1.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { judge, sentenceOf } from './judge.ts';
import { exportOf, NotAnExport } from './read-export.ts';

function textOf(file: string): string {
  try {
    // npm runs commands at the top of the project and tells where it was called.
    return readFileSync(resolve(process.env.INIT_CWD ?? process.cwd(), file), 'utf8');
  } catch {
    throw new NotAnExport(`Le fichier ${file} ne peut pas être lu.`);
  }
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      since: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const say = (told: object, sentence: string): void =>
    console.log(values.json ? JSON.stringify(told) : sentence);
  try {
    const told = exportOf(positionals.map(textOf));
    const earlier = values.since.length > 0 ? exportOf(values.since.map(textOf)) : undefined;
    if (earlier && earlier.holder !== told.holder)
      throw new NotAnExport('L’historique d’avant n’est pas de la même personne.');
    const judged = judge(told, earlier);
    say(judged, sentenceOf(judged));
    process.exitCode = judged.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NotAnExport)) throw error;
    say({ ok: false, error: error.message }, error.message);
    process.exitCode = 1;
  }
}

main();

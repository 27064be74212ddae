import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { judge, sentenceOf } from './judge.ts';
import { exportOf, NotAnExport } from './read-export.ts';

/** What the command says, and how it ends: 0 where the history is whole, else 1. */
export interface Said {
  readonly status: 0 | 1;
  readonly says: string;
}

function textOf(file: string): string {
  try {
    // npm runs commands at the top of the project and tells where it was called.
    return readFileSync(resolve(process.env.INIT_CWD ?? process.cwd(), file), 'utf8');
  } catch {
    throw new NotAnExport(`Le fichier ${file} ne peut pas être lu.`);
  }
}

/** Verifies the files of one exported history, against an earlier one (`--since`) where it is given. */
export function verifyFiles(args: string[]): Said {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      since: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const said = (status: Said['status'], told: object, sentence: string): Said => ({
    status,
    says: values.json ? JSON.stringify(told) : sentence,
  });
  try {
    const told = exportOf(positionals.map(textOf));
    const earlier = values.since.length > 0 ? exportOf(values.since.map(textOf)) : undefined;
    if (earlier && earlier.holder !== told.holder)
      throw new NotAnExport('L’historique d’avant n’est pas de la même personne.');
    const judged = judge(told, earlier);
    return said(judged.ok ? 0 : 1, judged, sentenceOf(judged));
  } catch (error) {
    if (!(error instanceof NotAnExport)) throw error;
    return said(1, { ok: false, error: error.message }, error.message);
  }
}

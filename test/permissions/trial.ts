import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { refusalSentence } from '#test/support/refused.ts';
import type { Trial } from './draw.ts';
import type { Permission } from './schema.ts';

export interface Verdict {
  /** Whether tests failed and said exactly which permission was missing. */
  readonly isMissed: boolean;
  readonly told: string;
  readonly seconds: number;
}

/** A world without the permission, its tests run in it: no test may take longer than this (ms). */
const patienceMs = 120_000;
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Runs the tests of a trial in a world without the permission, until one fails. */
export async function runWithout(permission: Permission, trial: Trial): Promise<Verdict> {
  const begun = performance.now();
  const names = trial.names.map(escaped).join('|');
  const child = spawn(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      ...['run', '--project', 'world', '--bail', '1', '--reporter', 'default', trial.file],
      ...(names === '' ? [] : ['-t', `^(${names})$`]),
    ],
    {
      env: {
        ...process.env,
        NO_COLOR: '1',
        MES_WITHOUT: `${permission.function}=${permission.permission}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const timer = setTimeout(() => child.kill('SIGTERM'), patienceMs);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  const sentence = refusalSentence(permission.function, permission.permission);
  const seconds = (performance.now() - begun) / 1000;
  if (code === null || seconds * 1000 > patienceMs)
    return { isMissed: false, told: `not done after ${patienceMs / 1000} s`, seconds };
  if (code === 0) return { isMissed: false, told: 'no test failed', seconds };
  if (!said.includes(sentence))
    return { isMissed: false, told: `failed without naming it:\n${said.slice(-1500)}`, seconds };
  return { isMissed: true, told: /FAIL\s+(.*)/.exec(said)?.[1] ?? sentence, seconds };
}

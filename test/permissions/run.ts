/**
 * `npm run permissions`: what each function may do and which test made it do so (`-- --list
 * [function]`); `-- --draw 10 --seed N` takes permissions out of the template, one at a time, and
 * expects the tests that used it to fail with its name.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { draw, trialOf } from './draw.ts';
import { judge } from './judge.ts';
import { lastPlayed, neverExercised } from './played.ts';
import type { Played } from './schema.ts';
import { tableOf } from './table.ts';
import { runWithout } from './trial.ts';

/** What the last `npm test` left, or else a run of the tests that share the world. */
function played(): Played {
  const last = lastPlayed();
  if (last.held.length > 0) return last;
  console.log('No whole run of the tests yet: running those that share the world…');
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'world'], {
    stdio: 'inherit',
    env: { ...process.env, MES_WHOLE_RUN: 'yes' },
  });
  const now = lastPlayed();
  if (now.held.length === 0) throw new Error('The tests left nothing about permissions.');
  return now;
}

async function drawSome(count: number, seed: number): Promise<boolean> {
  const last = played();
  const exercised = last.exercised.filter(({ tests }) => tests.length > 0);
  const drawn = draw(exercised, count, seed);
  console.log(`${drawn.length} of ${exercised.length} exercised permissions, seed ${seed}:`);
  const begun = performance.now();
  let missed = 0;
  for (const one of drawn) {
    const trial = trialOf(one, last.seconds);
    if (trial === undefined) continue;
    const { isMissed, told, seconds } = await runWithout(one, trial);
    if (isMissed) missed += 1;
    const words = isMissed ? 'missed ' : 'NOT MISSED';
    console.log(
      `${words} ${one.permission} of ${one.function} (${seconds.toFixed(0)} s)\n    ${told}`,
    );
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${missed} of ${drawn.length} were missed by name, in ${seconds} s.`);
  return missed === drawn.length;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: 'boolean', default: false },
      draw: { type: 'string' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    },
  });
  if (values.draw !== undefined) {
    process.exitCode = (await drawSome(Number(values.draw), Number(values.seed))) ? 0 : 1;
    return;
  }
  const found = played();
  if (values.list) console.log(tableOf(found, positionals[0]));
  const { checks, summary } = judge(found, neverExercised());
  for (const { says, faults } of checks) {
    console.log(`${faults.length === 0 ? 'ok    ' : 'FAILED'}  ${says}`);
    for (const fault of faults) console.log(`    ${fault}`);
  }
  console.log(`${summary}.`);
  process.exitCode = checks.every(({ faults }) => faults.length === 0) ? 0 : 1;
}

await main();

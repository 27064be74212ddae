/**
 * `npm run soak -- --kills 20 --seed N`: writes of every kind under load, kill -9 at random moments,
 * then everything that was acknowledged is looked for, transactions for halves, chains and counts for
 * differences. Each kill counts as a test.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { randomOf } from '#test/permissions/draw.ts';
import { startOwnWorld } from '#test/support/world.ts';
import { type Acknowledged, countOf, nothingYet } from './acknowledged.ts';
import { clientsOf } from './clients.ts';
import { inviteCohort } from './cohort.ts';
import { killAndRevive, victims } from './kill.ts';
import { startLoad } from './load.ts';
import { faultsOf } from './verify.ts';

const leastAcknowledged = 500;
const lanes = 8;
/** The kill comes this long after the five hundredth write at most (ms). */
const longestDelayMs = 400;
const peoplePerRound = 14;
const tallyFile = '.local/test/tally/soak.json';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
  },
});
const kills = Number(values.kills);
const random = randomOf(Number(values.seed));
const folder = mkdtempSync(join(tmpdir(), 'mes-soak-'));
const seconds = (ms: number) => (ms / 1000).toFixed(1);

function tally(passed: number, failed: number): void {
  mkdirSync('.local/test/tally', { recursive: true });
  writeFileSync(tallyFile, JSON.stringify({ passed, failed }));
}

async function soak(): Promise<number> {
  const begun = performance.now();
  let world = await startOwnWorld({ folder, options: ['--fresh', '--at', '2022-01-31'] });
  // However the soak ends, its world ends too.
  process.once('exit', () => world.process.kill('SIGKILL'));
  const left = await inviteCohort(await clientsOf(world), kills * peoplePerRound);
  console.log(`${kills} kills, seed ${values.seed}, ${left.length} people invited.`);
  const rounds: Acknowledged[] = [];
  let failed = 0;
  for (let round = 1; round <= kills; round += 1) {
    const victim = victims[(round - 1) % victims.length] ?? 'both';
    const kept = nothingYet(round);
    rounds.push(kept);
    const loadedAt = performance.now();
    const clients = await clientsOf(world);
    const { stop } = startLoad({ clients, kept, left, random, lanes });
    while (countOf(kept) < leastAcknowledged) await wait(5);
    await wait(random() * longestDelayMs);
    const loadMs = performance.now() - loadedAt;
    const back = await killAndRevive(victim, { world, folder, stop });
    world = back.world;
    const checkedAt = performance.now();
    const faults = await faultsOf(world, rounds, folder);
    const spent = `load ${seconds(loadMs)} s, back in ${seconds(back.backMs)} s, checked in ${seconds(performance.now() - checkedAt)} s`;
    const { pairs, objects, messages, mails, waves, objections, files } = kept;
    const kinds = `${pairs.length} transactions, ${objects.size} objects, ${messages.length} messages, ${mails.length} mails, ${waves.length} waves, ${objections.length} objections, ${files.size} imports`;
    console.log(
      `${faults.length === 0 ? 'ok    ' : 'FAILED'}  ${round}: kill -9 of ${victim} after ${countOf(kept)} acknowledged (${kinds}); ${spent}`,
    );
    for (const fault of faults) console.log(`        ${fault}`);
    if (faults.length > 0) failed += 1;
  }
  await world.stop();
  const all = rounds.reduce((sum, one) => sum + countOf(one), 0);
  console.log(
    `${all} acknowledged writes, ${failed} of ${kills} rounds with faults, ${seconds(performance.now() - begun)} s.`,
  );
  return failed;
}

try {
  const failed = await soak();
  tally(kills - failed, failed);
  process.exitCode = failed > 0 ? 1 : 0;
  if (failed === 0) rmSync(folder, { recursive: true, force: true });
  else console.log(`The folder is kept: ${folder}`);
} catch (cause) {
  console.error(cause);
  tally(0, kills);
  process.exit(1);
}

/**
 * `npm run bench [-- --quick] [-- --only journal|sealing|intake|sweep|opposition|strangers|documents|letters|bundles]`: holds what was built against the
 * bare calls it stands on, in one interleaved run. See docs/bench.md for method and goals.
 */
import { availableParallelism, loadavg } from 'node:os';
import process from 'node:process';
import { bundles } from './parts/bundles.ts';
import { documents } from './parts/documents.ts';
import { intake } from './parts/intake.ts';
import { journal } from './parts/journal.ts';
import { letters } from './parts/letters.ts';
import { opposition } from './parts/opposition.ts';
import { sealing } from './parts/sealing.ts';
import { strangers } from './parts/strangers.ts';
import { sweep } from './parts/sweep.ts';
import { startPlace } from './place.ts';
import { keep, type Outcome } from './report.ts';
import { asked, begun, findings, quick, raw } from './tools.ts';

const benches = {
  journal,
  sealing,
  intake,
  sweep,
  opposition,
  strangers,
  documents,
  letters,
  bundles,
};
const names = Object.keys(benches);
if (asked.only !== undefined && !names.includes(asked.only)) {
  console.error(`--only ${asked.only} is none of ${names.join(', ')}.`);
  process.exit(1);
}
const load = loadavg()[0] ?? 0;
const place = await startPlace('enrolment-opening');
try {
  for (const [name, bench] of Object.entries(benches))
    if (asked.only === undefined || asked.only === name) await bench(place);
} finally {
  await place.world.stop();
}
const count = (wished: Outcome) => findings.filter(({ outcome }) => outcome === wished).length;
const seconds = Math.round((performance.now() - begun) / 1000);
const machine = `${availableParallelism()} cores, load ${load.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after`;
console.log(
  `${count('ok')} goals met, ${count('MISSED')} missed, ${count('unsure')} unsure on a noisy machine (${seconds} s; ${machine}).`,
);
keep('.local/bench.json', { at: new Date().toISOString(), quick, machine, seconds, findings, raw });
process.exitCode = count('MISSED') > 0 ? 1 : 0;

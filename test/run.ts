/**
 * `npm test`: format and lint, types, then the tests (units, the rules of infrastructure, and the
 * world at home), then the permissions that no test exercised. `--check` stops after the types.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { rooms } from '#infra/rooms.ts';
import { judge } from '#test/permissions/judge.ts';
import { forgetPlayed, lastPlayed, neverExercised } from '#test/permissions/played.ts';
import { judgeRoutes } from '#test/permissions/routes.ts';

/** Nothing where the run ended before it could report: that counts as a failure. */
const Report = z.object({
  numPassedTests: z.number().default(0),
  numFailedTests: z.number().default(0),
});
const Least = z.object({ tests: z.int() });
const folder = '.local/test';
const isWhole = process.argv.length === 2;

interface Ran {
  readonly passed: number;
  readonly failed: number;
}

interface Step {
  name: string;
  command: string;
  args: string[];
}

const checks: Step[] = [
  {
    name: 'format and lint',
    command: 'node_modules/.bin/biome',
    args: ['ci', '--error-on-warnings', '.'],
  },
  { name: 'types', command: 'node_modules/.bin/tsc', args: ['--noEmit', '-p', '.'] },
];

function run(step: Step): boolean {
  const begun = Date.now();
  const done = spawnSync(step.command, step.args, { stdio: 'inherit' });
  const ok = done.status === 0;
  console.log(
    `${ok ? 'ok' : 'FAILED'}  ${step.name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`,
  );
  return ok;
}

/** The permission game: who may do what that no test made him do. Each of its checks counts as a test. */
function permissions(): Ran {
  const played = lastPlayed();
  const { checks: held, summary } = judge(played, neverExercised());
  const declared = rooms.flatMap(({ routes = {} }) =>
    Object.values(routes).map((one) => ({
      route: `${one.method} ${one.path}`,
      canRefuse: !one.callers.includes('public') || one.body !== undefined,
    })),
  );
  const checks = [...held, ...judgeRoutes(played, declared)];
  console.log(`${summary}.`);
  for (const { says, faults } of checks.filter((one) => one.faults.length > 0))
    console.log([`FAILED  ${says}`, ...faults].join('\n    '));
  const failed = checks.filter(({ faults }) => faults.length > 0).length;
  return { passed: checks.length - failed, failed };
}

/** A part of the tests, with its own report; `apart`: what it says is told when it is done, not between another's lines. */
function vitest({ name, chosen }: Part, apart = false) {
  const report = `${folder}/vitest-${name.replaceAll(/\W+/g, '-')}.json`;
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const begun = Date.now();
  if (apart) console.log(`begun  tests, ${name}`);
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...chosen, ...reporters],
    { stdio: apart ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  return new Promise<Ran>((resolve) => {
    child.once('close', (code) => {
      process.stdout.write(said);
      const seconds = ((Date.now() - begun) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok' : 'FAILED'}  tests, ${name} (${seconds} s)`);
      const written = existsSync(report) ? readFileSync(report, 'utf8') : '{}';
      const told = Report.parse(JSON.parse(written));
      const { numPassedTests: passed, numFailedTests } = told;
      const failed = numFailedTests + (code === 0 || numFailedTests > 0 ? 0 : 1);
      resolve({ passed, failed });
    });
  });
}

interface Part {
  readonly name: string;
  readonly chosen: readonly string[];
}

const world = ['--project', 'world'];
const enrolment = 'test/enrolment';

/**
 * A whole run, the longest part first. Each part of the world's tests has a world of its own, at their own
 * time, which is quicker than one for all: what one test leaves behind is looked at by all later jobs.
 */
const parts: readonly Part[] = [
  { name: 'enrolment', chosen: [...world, enrolment, '--exclude', `${enrolment}/*/**`] },
  { name: 'units', chosen: ['--project', 'unit', '--maxWorkers=1'] },
  { name: 'other rooms', chosen: [...world, '--exclude', `${enrolment}/**`] },
  { name: 'enrolment, races', chosen: [...world, `${enrolment}/races`] },
  {
    name: 'enrolment, faults and letters',
    chosen: [
      ...world,
      `${enrolment}/`,
      ...['*.ts', 'races/**'].flatMap((one) => ['--exclude', `${enrolment}/${one}`]),
    ],
  },
];

/** Two parts at once keep two cores busy. */
async function tests(): Promise<Ran[]> {
  if (!isWhole) return [await vitest({ name: 'chosen', chosen: process.argv.slice(2) })];
  process.env.MES_WHOLE_RUN = 'yes';
  forgetPlayed();
  const left = [...parts];
  const ran: Ran[] = [];
  const take = async () => {
    for (let part = left.shift(); part !== undefined; part = left.shift())
      ran.push(await vitest(part, true));
  };
  await Promise.all([take(), take()]);
  return ran;
}

mkdirSync(`${folder}/tally`, { recursive: true });
const begun = Date.now();
const checked = checks.map(run);
let passed = checked.filter(Boolean).length;
let failed = checked.length - passed;
if (!process.argv.includes('--check')) {
  const ran = await tests();
  for (const told of [...ran, ...(isWhole ? [permissions()] : [])]) {
    passed += told.passed;
    failed += told.failed;
  }
  const least = Least.parse(JSON.parse(readFileSync('.ci/least.json', 'utf8'))).tests;
  if (isWhole && passed + failed < least) {
    console.log(`Only ${passed + failed} tests ran; ${least} are expected (.ci/least.json).`);
    failed += 1;
  }
}
writeFileSync(`${folder}/tally/test.json`, JSON.stringify({ passed, failed }));
const installed = Number(process.env.MES_INSTALL_MS ?? 0) / 1000;
console.log(
  `Installing took ${installed.toFixed(0)} s, the rest ${((Date.now() - begun) / 1000).toFixed(0)} s.`,
);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

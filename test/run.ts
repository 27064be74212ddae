/**
 * `npm test`: format and lint, types, then the tests (units, the rules of infrastructure, and the
 * world at home), then the permissions that no test exercised. `--check` stops after the types.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { rooms } from '#infra/rooms.ts';
import { judge } from '#test/permissions/judge.ts';
import { forgetPlayed, lastPlayed, neverExercised } from '#test/permissions/played.ts';
import { judgeRoutes } from '#test/permissions/routes.ts';

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
});
const Least = z.object({ tests: z.int() });
const folder = '.local/test';
const report = `${folder}/vitest.json`;
const isWhole = process.argv.length === 2;

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
function permissions(): { passed: number; failed: number } {
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

function tests(): { passed: number; failed: number } {
  rmSync(report, { force: true });
  if (isWhole) process.env.MES_WHOLE_RUN = 'yes';
  if (isWhole) forgetPlayed();
  const ok = run({
    name: 'tests',
    command: process.execPath,
    args: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2).filter((word) => word !== '--check'),
    ],
  });
  const told = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
  const failed = told.numFailedTests + (ok || told.numFailedTests > 0 ? 0 : 1);
  return { passed: told.numPassedTests, failed };
}

mkdirSync(`${folder}/tally`, { recursive: true });
const begun = Date.now();
const checked = checks.map(run);
let passed = checked.filter(Boolean).length;
let failed = checked.length - passed;
if (!process.argv.includes('--check')) {
  for (const told of [tests(), ...(isWhole ? [permissions()] : [])]) {
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

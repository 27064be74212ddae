/**
 * `npm run model -- [--people 10000] [--seed N] [--bugs] [--bug NAME]`: random histories of people, agents, jobs,
 * deaths and faults, played by the handlers on the engines and held against a model; with `--bugs` each planted
 * bug must be found. Prints which act met whom in which state.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { becomeFunction } from '#test/support/room-environment.ts';
import {
  attachWorld,
  type OwnWorld,
  startOwnWorld,
  type TestWorld,
  TestWorldInfo,
} from '#test/support/world.ts';
import { bugs } from './bugs.ts';
import { plant } from './plant-bug.ts';
import { families, overHttp, people as persons, tableOf } from './table.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    cohort: { type: 'string', default: '40' },
    longest: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    bugs: { type: 'boolean', default: false },
    bug: { type: 'string' },
    world: { type: 'string' },
    http: { type: 'boolean', default: false },
    families: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '24' },
  },
});
const cohort = Number(values.cohort);
const people = Number(values.people ?? (values.http ? '200' : '10000'));
const manyPeople = 5000;
/** Readers of the journal's stream: what they do is played by the model's own hand, at its own time. */
const readers = ['journal-relay', 'statistics-stream'];

async function worldFor(folder: string | undefined): Promise<OwnWorld> {
  const options = ['--at', '2026-01-05'];
  const world = await startOwnWorld(
    folder === undefined ? { options } : { folder, options: [...options, '--fresh'] },
  );
  process.once('exit', () => world.process.kill('SIGKILL'));
  return world;
}

/** One play in this process, with a bug or without. */
async function once(info: TestWorldInfo): Promise<number> {
  const world = attachWorld(info);
  becomeFunction(world, 'enrolment-opening');
  const { accessKeyId, secretAccessKey } = info.operator;
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
  const bug = bugs.find(({ name }) => name === values.bug);
  if (values.bug !== undefined && !bug) throw new Error(`There is no bug ${values.bug}.`);
  if (bug) plant(bug);
  const begun = performance.now();
  const played = await playedBy(world);
  const seconds = Math.round((performance.now() - begun) / 1000);
  const { found } = played;
  if (bug) {
    // That the world fell silent shows no bug.
    const isFound = found !== undefined && !/ECONN|requestTimeout|socket hang up/.test(found);
    console.log(
      `${isFound ? 'found    ' : 'NOT FOUND'} ${bug.name}${found ? `: ${found.split('\n')[0]}` : ''} (${played.people} people, ${seconds} s)`,
    );
    return isFound ? 0 : 1;
  }
  const { text, missing } = tableOf(
    played.met,
    { people: persons, families, http: overHttp }[kind],
  );
  const sentence = `${played.people} people, ${played.acts} acts in ${seconds} s, seed ${values.seed}.`;
  console.log(text);
  console.log(sentence);
  if (found) console.log(`FOUND ${found}`);
  if (found) console.log(`again: npm run model -- ${again()}`);
  if (values.write) write(`${sentence}\n\n${text}\n`);
  if (missing.length > 0)
    console.log(`${missing.length} never met: ${missing.slice(0, 20).join(', ')}`);
  // Fewer people cannot meet everything.
  return found || (missing.length > 0 && kind === 'people' && people >= manyPeople) ? 1 : 0;
}

// A bug in the records of children shows in no other play.
const inFamilies = values.families || bugs.find(({ name }) => name === values.bug)?.inFamilies;
const kind = inFamilies ? 'families' : values.http ? 'http' : 'people';

/** The options that play the same histories again. */
const again = () =>
  [
    ...(kind === 'people' ? [] : [`--${kind}`]),
    ...`--people ${people} --cohort ${cohort} --longest ${values.longest}`.split(' '),
    ...`--rounds ${values.rounds} --seed ${values.seed}`.split(' '),
  ].join(' ');

/** Puts the table of this kind of play in its place in docs/model.md. */
function write(text: string): void {
  const file = 'docs/model.md';
  const [begin, end] = [`<!-- ${kind} -->`, `<!-- end of ${kind} -->`];
  const before = readFileSync(file, 'utf8');
  const [head, rest = ''] = before.split(begin);
  writeFileSync(file, `${head}${begin}\n\n${text}\n${end}${rest.split(end)[1] ?? ''}`);
}

/** Over HTTP or by the handlers in this process, which stands with a bug by now or without. */
async function playedBy(world: TestWorld) {
  const say = (line: string) => values.bug === undefined && console.log(line);
  const seed = Number(values.seed);
  if (values.http) {
    const { playOverHttp } = await import('./http/play.ts');
    return playOverHttp(world, { people, rounds: Number(values.rounds), seed, say });
  }
  if (kind === 'families') {
    const { playFamilies } = await import('./family/play.ts');
    return playFamilies(world, {
      families: people,
      cohort,
      longest: Number(values.longest),
      seed,
      say,
    });
  }
  const { play } = await import('./play.ts');
  const histories = Math.ceil(people / cohort);
  return play(world, { cohort, histories, longest: Number(values.longest), seed, say });
}

/** Each bug in a process of its own, in which the code stands with it. */
async function all(info: TestWorldInfo): Promise<number> {
  let failed = 0;
  for (const { name } of bugs) {
    const args = [
      '--bug',
      name,
      '--world',
      JSON.stringify(info),
      '--people',
      '2000',
      '--cohort',
      '12',
    ];
    const flags = ['--disable-warning=ExperimentalWarning'];
    const child = spawn(
      process.execPath,
      [...flags, import.meta.filename, ...args, '--seed', values.seed],
      { stdio: 'inherit' },
    );
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) failed += 1;
  }
  console.log(`${bugs.length - failed} of ${bugs.length} planted bugs found, seed ${values.seed}.`);
  return failed;
}

/** Counts everything again after a play over HTTP: counters of all kinds, notices, chains, contents. */
async function recount(folder: string): Promise<number> {
  const args = ['--disable-warning=ExperimentalWarning', 'infra/local/recount/run.ts'];
  const child = spawn(process.execPath, [...args, '--folder', folder], { stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

if (values.world === undefined) {
  // The recount looks for a world in its folder.
  const folder = values.http ? mkdtempSync(join(tmpdir(), 'mes-model-')) : undefined;
  const world = await worldFor(folder);
  // Over HTTP everything is done by the world itself.
  for (const caller of values.http ? [] : readers)
    await world.plant({
      caller,
      action: 'dynamodb:GetRecords',
      kind: 'delay',
      delayMs: 60_000,
      times: 1_000_000,
    });
  process.exitCode = values.bugs ? await all(world.info) : await once(world.info);
  if (folder !== undefined) process.exitCode = (await recount(folder)) || process.exitCode;
  await world.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
} else process.exitCode = await once(TestWorldInfo.parse(JSON.parse(values.world)));

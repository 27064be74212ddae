import process from 'node:process';
import type { TestProject } from 'vitest/node';
import { keepPlayed } from '#test/permissions/played.ts';
import { type OwnWorld, startOwnWorld, type TestWorldInfo } from './world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    world: TestWorldInfo;
  }
}

let world: OwnWorld | undefined;
let run: TestProject | undefined;
const without = (process.env.MES_WITHOUT ?? '').split('\n').filter(Boolean);
/** Only when all tests run does it tell something that a permission was not used. */
const isWhole = process.env.MES_WHOLE_RUN === 'yes';

/** Global set-up of the tests that share one world: started once, in memory, at the eve of the first waves. */
export async function setup(project: TestProject): Promise<void> {
  const at = process.env.MES_WORLD_AT ?? '2022-01-31';
  world = await startOwnWorld({
    options: ['--at', at, ...without.flatMap((one) => ['--without', one])],
  });
  project.provide('world', world.info);
  run = project;
}

function secondsByFile(): Record<string, number> {
  const modules = run?.vitest.state.getTestModules() ?? [];
  return Object.fromEntries(
    modules.map((one) => [one.relativeModuleId, one.diagnostic().duration / 1000]),
  );
}

export async function teardown(): Promise<void> {
  if (world !== undefined && isWhole && without.length === 0)
    await keepPlayed(world, secondsByFile());
  await world?.stop();
}

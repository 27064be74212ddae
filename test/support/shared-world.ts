import process from 'node:process';
import type { TestProject } from 'vitest/node';
import { type OwnWorld, startOwnWorld, type TestWorldInfo } from './world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    world: TestWorldInfo;
  }
}

let world: OwnWorld | undefined;

/** Global set-up of the tests that share one world: started once, in memory, at the eve of the first waves. */
export async function setup(project: TestProject): Promise<void> {
  const at = process.env.MES_WORLD_AT ?? '2022-01-31';
  const without = (process.env.MES_WITHOUT ?? '').split('\n').filter(Boolean);
  world = await startOwnWorld({
    options: ['--at', at, ...without.flatMap((one) => ['--without', one])],
  });
  project.provide('world', world.info);
}

export async function teardown(): Promise<void> {
  await world?.stop();
}

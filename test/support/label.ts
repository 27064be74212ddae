/**
 * Set-up of every test file that shares the world: the door is told which test runs, so that each
 * permission used gets the name of a test; and a test during which the door refused something fails
 * with the permission named.
 */
import { relative } from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { settle } from './refused.ts';
import { attachWorld } from './world.ts';

const world = attachWorld(inject('world'));
const label = (test: string) => world.control('POST', '/label', { test });

let setUp = '';

beforeAll(async () => {
  setUp = `${relative(process.cwd(), expect.getState().testPath ?? '')} > (set-up)`;
  await world.clearRefused();
  await label(setUp);
});

beforeEach(async ({ task }) => {
  // What the file's own set-up started belongs to the set-up.
  await settle(world);
  await label(task.fullName);
});

afterEach(async () => {
  try {
    await settle(world);
  } finally {
    await label(setUp);
  }
});

afterAll(async () => {
  try {
    await settle(world);
  } finally {
    await label('');
  }
});

import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import * as z from 'zod';
import { CannotStart } from './options.ts';

const Owner = z.looseObject({
  pids: z.looseObject({ world: z.int() }),
  startedAt: z.string().optional(),
});
const leastFreeBytes = 200_000_000;

/**
 * Makes a folder ready for one world: writable, with space, used by no other. `fresh` empties it.
 * What stands in the way is told in one sentence.
 */
export function prepareFolder(folder: string, fresh: boolean): string {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    writeFileSync(join(path, '.writable'), '');
    rmSync(join(path, '.writable'));
  } catch {
    throw new CannotStart(
      `The folder ${folder} cannot be written to: choose another with --folder.`,
    );
  }
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize < leastFreeBytes) {
    throw new CannotStart(
      `Not enough disk space: ${leastFreeBytes / 1e6} MB are needed in ${folder}.`,
    );
  }
  const owner = ownerOf(path);
  if (owner !== undefined) {
    throw new CannotStart(
      `A world runs in ${folder} already (process ${owner}): stop it, or choose another with --folder.`,
    );
  }
  if (fresh)
    for (const name of readdirSync(path))
      if (ours.has(name)) rmSync(join(path, name), { recursive: true, force: true });
  return path;
}

/** What a world puts in its folder: nothing else in it is ever removed. */
const ours = new Set([
  'dynamodb',
  'sqs',
  'kms',
  's3',
  'mail',
  'sms',
  'events',
  'issuer',
  'positions',
  'logs',
  'cdk',
  'clock.json',
  'door.seed',
  'world.json',
]);

function ownerOf(path: string): number | undefined {
  const file = join(path, 'world.json');
  if (!existsSync(file)) return undefined;
  const owner = Owner.safeParse(JSON.parse(readFileSync(file, 'utf8') || '{}')).data?.pids.world;
  return owner !== undefined && owner !== process.pid && runsWorld(owner) ? owner : undefined;
}

/** Whether this process is alive and ours: pids are used again. */
function runsWorld(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || /node/.test(readFileSync(commandLine, 'utf8'));
}

/** Tells commands and tests where the world is. */
export function writeInfo(path: string, info: unknown): void {
  const file = join(path, 'world.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(info, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The world has ended. */
export function removeInfo(path: string): void {
  rmSync(join(path, 'world.json'), { force: true });
}

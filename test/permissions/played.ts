import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TestWorld } from '#test/support/world.ts';
import { NeverExercised, Played } from './schema.ts';

const playedFile = '.local/test/exercised.json';
const listFile = 'test/permissions/never-exercised.json';

/** Keeps what the tests made the world's functions do. A world with rights taken out tells nothing about tests. */
export async function keepPlayed(world: TestWorld, seconds: Played['seconds']): Promise<void> {
  const played: Played = {
    held: await world.permissions(),
    exercised: await world.exercised(),
    answers: await world.answers(),
    seconds,
  };
  mkdirSync(dirname(playedFile), { recursive: true });
  writeFileSync(playedFile, `${JSON.stringify(played, null, 1)}\n`);
}

/** What the last whole run of the tests left; nothing when there was none. */
export function lastPlayed(): Played {
  const nothing = { held: [], exercised: [], answers: [], seconds: {} };
  if (!existsSync(playedFile)) return nothing;
  // What an older version of the tests left is nothing either.
  return Played.safeParse(JSON.parse(readFileSync(playedFile, 'utf8'))).data ?? nothing;
}

/** Before a whole run: what an earlier one left says nothing about this one. */
export const forgetPlayed = (): void => rmSync(playedFile, { force: true });

/** The committed exceptions. */
export function neverExercised(): NeverExercised {
  return NeverExercised.parse(JSON.parse(readFileSync(listFile, 'utf8')));
}

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { TestWorld } from '#test/support/world.ts';
import { NeverExercised, Played } from './schema.ts';

/** A file for each world that tests shared; several run beside each other. */
const folder = '.local/test/exercised';
const listFile = 'test/permissions/never-exercised.json';

/** Keeps what the tests made the world's functions do. A world with rights taken out tells nothing about tests. */
export async function keepPlayed(world: TestWorld, seconds: Played['seconds']): Promise<void> {
  const played: Played = {
    held: await world.permissions(),
    exercised: await world.exercised(),
    answers: await world.answers(),
    seconds,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${process.pid}.json`), `${JSON.stringify(played, null, 1)}\n`);
}

/** What the last whole run of the tests left; nothing when there was none. */
export function lastPlayed(): Played {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  // What an older version of the tests left is nothing.
  return merged(texts.flatMap((text) => Played.safeParse(JSON.parse(text)).data ?? []));
}

/** What tests did in several worlds, as if they had shared one. */
export function merged(parts: readonly Played[]): Played {
  const exercised = Map.groupBy(
    parts.flatMap((part) => part.exercised),
    (one) => `${one.function} ${one.permission}`,
  );
  const answers = Map.groupBy(
    parts.flatMap((part) => part.answers),
    ({ route }) => route,
  );
  return {
    held: parts[0]?.held ?? [],
    exercised: [...exercised.values()].flatMap(([one, ...more]) =>
      one ? [{ ...one, tests: [one, ...more].flatMap(({ tests }) => tests) }] : [],
    ),
    answers: [...answers].map(([route, some]) => ({
      route,
      statuses: [...new Set(some.flatMap(({ statuses }) => statuses))],
    })),
    seconds: Object.assign({}, ...parts.map(({ seconds }) => seconds)),
  };
}

/** Before a whole run: what an earlier one left says nothing about this one. */
export const forgetPlayed = (): void => rmSync(folder, { recursive: true, force: true });

/** The committed exceptions. */
export function neverExercised(): NeverExercised {
  return NeverExercised.parse(JSON.parse(readFileSync(listFile, 'utf8')));
}

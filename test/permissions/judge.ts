import { matches } from '#infra/local/door/policy.ts';
import type { NeverExercised, Permission, Played } from './schema.ts';

/** A check of the permission game: what it says, and what speaks against it. */
export interface Check {
  readonly says: string;
  readonly faults: readonly string[];
}

export interface Judged {
  readonly checks: readonly Check[];
  readonly summary: string;
}

const told = (one: Permission) => `${one.permission} of ${one.function}`;
const keyOf = (one: Permission) => `${one.function} ${one.permission}`;

/** Holds what the world's functions may do against what tests made them do, and the committed list of exceptions. */
export function judge(
  { held, exercised }: Pick<Played, 'held' | 'exercised'>,
  listed: NeverExercised,
): Judged {
  const used = new Map(
    exercised.filter(({ tests }) => tests.length > 0).map((one) => [keyOf(one), one]),
  );
  const covers = (entry: Permission, one: Permission) =>
    matches(entry.function, one.function) && matches(entry.permission, one.permission);
  const isListed = (one: Permission) => listed.entries.some((entry) => covers(entry, one));
  const silent = held.filter((one) => !used.has(keyOf(one)));
  const covered = held.filter(isListed);
  const checks: Check[] = [
    {
      says: 'every permission held is exercised by a named test, or listed with a reason',
      faults: silent.filter((one) => !isListed(one)).map((one) => `no test uses ${told(one)}`),
    },
    {
      says: 'nothing listed as never exercised is exercised',
      faults: covered
        .filter((one) => used.has(keyOf(one)))
        .map((one) => `listed, but used by ${used.get(keyOf(one))?.tests[0]}: ${told(one)}`),
    },
    {
      says: 'everything listed as never exercised is held',
      faults: listed.entries
        .filter((entry) => !held.some((one) => covers(entry, one)))
        .map((entry) => `listed, but no longer held: ${told(entry)}`),
    },
    {
      says: 'the list of the never exercised does not grow, and its number follows when it shrinks',
      faults:
        covered.length === listed.most
          ? []
          : [`the list covers ${covered.length} permissions, ${listed.most} are written down`],
    },
  ];
  const named = held.length - silent.length;
  const summary = `${held.length} permissions held, ${named} exercised by named tests, ${covered.length} listed as never exercised`;
  return { checks, summary };
}

import * as z from 'zod';
import {
  departmentOfWish,
  holderOfWish,
  printPk,
  sendingShards,
  wishPk,
  wishPrefix,
  wishShards,
} from './due.ts';
import { countDue, dueAfter, duePages, isAnybodyDue } from './due-store.ts';

const shards = Array.from({ length: wishShards }, (_, shard) => wishPk(shard));
const Due = z.object({ dueSk: z.string() });

/** Behind every holder of a département. */
const last = (department: string): string => `${wishPrefix(department)}~`;

/** The départements in which somebody waits for a letter that he asked for: a look for each, and one for each shard. */
export async function wishedDepartments(): Promise<Set<string>> {
  const found = new Set<string>();
  for (const pk of shards)
    for (let after = '#'; ; ) {
      const next = await dueAfter(pk, after);
      if (next === undefined) break;
      found.add(departmentOfWish(next));
      after = last(departmentOfWish(next));
    }
  return found;
}

/** Who waits in a département for a letter that he asked for, as far as the index knows. */
export async function* wishesOf(department: string): AsyncGenerator<string> {
  for (const pk of shards)
    for await (const page of duePages(pk, Due, wishPrefix(department)))
      for (const { dueSk } of page) yield holderOfWish(dueSk);
}

/** How many of them there are; `more` where counting was ended. */
export async function countWishes(department: string, goesOn: () => boolean) {
  const counts = await Promise.all(
    shards.map((pk) => countDue(pk, goesOn, wishPrefix(department))),
  );
  return {
    people: counts.reduce((sum, { people }) => sum + people, 0),
    more: counts.some(({ more }) => more),
  };
}

const anyOf = async (looks: readonly Promise<boolean>[]): Promise<boolean> =>
  (await Promise.all(looks)).includes(true);

/** Whether anybody of a département waits for a letter that he asked for. */
export const isAnyWish = (department: string): Promise<boolean> =>
  anyOf(shards.map((pk) => isAnybodyDue(pk, wishPrefix(department))));

/** Whether anybody of a département is to be informed by letter. */
export const isAnyInvitation = (department: string): Promise<boolean> =>
  anyOf(
    Array.from({ length: sendingShards }, (_, shard) => isAnybodyDue(printPk(department, shard))),
  );

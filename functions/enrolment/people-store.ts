import * as z from 'zod';
import type { Lookup } from '#shared/record/lookup.ts';
import { mergedIntoOf, unlessMerged } from '#shared/record/signpost.ts';
import { namesOf } from '#shared/record/standing.ts';
import { childKey, lookupKey, statusKey } from '#shared/record/table.ts';
import { getMany } from './get-many.ts';
import { FoundLookup } from './person-store.ts';
import { Status } from './stored.ts';

/** The people already known among these NIR fingerprints. */
export async function findManyByNir(nirTags: readonly string[]): Promise<Map<string, Lookup>> {
  const found = z.array(FoundLookup).parse(await getMany(nirTags.map(lookupKey)));
  return new Map(found.map(({ pk, ...lookup }) => [pk.slice(2), lookup]));
}

/** The children already known among these fingerprints of guardian and birth date. */
export async function findManyByGuardian(childTags: readonly string[]) {
  const found = z.array(FoundLookup).parse(await getMany(childTags.map(childKey)));
  return new Map(found.map(({ pk, ...lookup }): [string, Lookup] => [pk.slice(2), lookup]));
}

/** The status of each of these holders. */
export async function loadStatuses(holders: readonly string[]): Promise<Map<string, Status>> {
  return statusesOf(await getMany(holders.map(statusKey)));
}

/** The same of the records that these lead to by now, each once: signposts are followed (ENR-20). */
export async function followStatuses(holders: readonly string[]): Promise<Map<string, Status>> {
  const items = await getMany(holders.map(statusKey));
  const found = statusesOf(items);
  const into = new Set(items.flatMap((item) => mergedIntoOf(item) ?? []));
  for (const [holder, status] of await loadStatuses([...into].filter((one) => !found.has(one))))
    if (namesOf(status).some((name) => holders.includes(name))) found.set(holder, status);
  return found;
}

function statusesOf(items: readonly unknown[]): Map<string, Status> {
  const found = z.array(Status).parse(items.filter((item) => unlessMerged(item)));
  return new Map(found.map((status) => [status.holder, status]));
}

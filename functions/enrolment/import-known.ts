import type { Lookup } from '#shared/record/lookup.ts';
import { findManyByGuardian, findManyByNir } from './people-store.ts';
import { childTagsIn, nirTagsOf, type ReadLine, tagsOf } from './read-line.ts';
import type { Lookups } from './rules/place-of.ts';

/** Finds, for some lines at once, whom we know already. */
export async function findLookups(lines: readonly ReadLine[]): Promise<Lookups> {
  const children = [...new Set(lines.flatMap(childTagsIn))];
  const [byNir, byGuardian] = await Promise.all([
    findManyByNir([...new Set(lines.flatMap(nirTagsOf))]),
    children.length === 0 ? new Map<string, Lookup>() : findManyByGuardian(children),
  ]);
  return { byNir, byGuardian };
}

/** Whom a line concerns, whatever leads to him. */
export const holdersOf = (line: ReadLine, { byNir, byGuardian }: Lookups): Set<string> => {
  const found = tagsOf(line).flatMap((tag) => [byNir.get(tag), byGuardian.get(tag)]);
  return new Set(found.flatMap((lookup) => lookup?.holder ?? []));
};

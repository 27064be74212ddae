import type { Lookup } from '#shared/record/lookup.ts';
import { findManyByGuardian, findManyByNir } from './people-store.ts';
import { childTagsIn, lineTag, nirTagsOf, type ReadLine, tagsOf } from './read-line.ts';
import type { Lookups } from './rules/place-of.ts';
import { isPlayed, type Play } from './rules/played.ts';

/** Finds, for some lines at once, whom we know already. */
export async function findLookups(lines: readonly ReadLine[]): Promise<Lookups> {
  const children = [...new Set(lines.flatMap(childTagsIn))];
  const [byNir, byGuardian] = await Promise.all([
    findManyByNir([...new Set(lines.flatMap(nirTagsOf))]),
    children.length === 0 ? new Map<string, Lookup>() : findManyByGuardian(children),
  ]);
  return { byNir, byGuardian };
}

/** Whether the same file has said the same of the same person already. */
export function isRepeat(line: ReadLine, { byNir, byGuardian }: Lookups, play: Play): boolean {
  if ('faults' in line) return false;
  const led = (tag: string | undefined) =>
    tag === undefined ? undefined : (byNir.get(tag) ?? byGuardian.get(tag));
  if ('change' in line) {
    const { change } = line;
    return isPlayed(led('tag' in change ? change.tag : change.fromTag), lineTag(change), play);
  }
  const { nirTag, child, rowTag } = line.tagged;
  const lookup = byNir.get(nirTag) ?? led(child?.tag);
  return !lookup?.former && !lookup?.free && isPlayed(lookup, rowTag, play);
}

/** Whom a line concerns, whatever leads to him. */
export const holdersOf = (line: ReadLine, { byNir, byGuardian }: Lookups): Set<string> => {
  const found = tagsOf(line).flatMap((tag) => [byNir.get(tag), byGuardian.get(tag)]);
  return new Set(found.flatMap((lookup) => lookup?.holder ?? []));
};

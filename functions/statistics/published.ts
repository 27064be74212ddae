import {
  listEditions,
  loadEdition,
  loadSeries,
  loadShown,
  type Published,
} from './edition-store.ts';
import { refuse } from './rules.ts';
import type { Edition } from './schema.ts';

/** An edition with the whole series up to it: the latest, or the one that is named. */
export async function loadPublished(name: string | undefined): Promise<Published> {
  const edition = name === undefined ? await latest() : await loadEdition(name);
  if (!edition) throw refuse('no-edition');
  const [shown, periods] = await Promise.all([
    loadShown(edition.edition),
    loadSeries(edition.edition),
  ]);
  return { ...edition, shown, periods };
}

async function latest(): Promise<Edition | undefined> {
  const { editions } = await listEditions({ limit: 1 });
  return editions[0];
}

/** An edition never changes once it is named; which one is the latest does. */
export const cachingOf = (name: string | undefined): Readonly<Record<string, string>> => ({
  'cache-control':
    name === undefined ? 'public, max-age=3600' : 'public, max-age=604800, immutable',
});

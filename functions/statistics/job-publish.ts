import { addDays, parisDay } from '#shared/kernel/calendar.ts';
import { loadDays } from './counter-store.ts';
import { latestOf } from './counts.ts';
import { freeze, loadEdition, loadFormer } from './edition-store.ts';
import { loadSettled } from './load-counted.ts';
import { compose } from './rules/compose.ts';
import { editionOf } from './rules/edition.ts';
import { treeOf } from './rules/situation.ts';

export type Outcome = 'published' | 'stands' | 'nothing-counted' | 'disagreeing';

/**
 * Publishes the edition of this period if it does not stand yet, however often it is asked; a run that was
 * missed is caught up by the next within the period. Counters that do not agree are not published.
 * `now` in ms.
 */
export async function publish(now: number, everyDays: number): Promise<Outcome> {
  const today = parisDay(now);
  const edition = editionOf(today, everyDays);
  if (await loadEdition(edition)) return 'stands';
  const { seen, disagreements } = await loadSettled();
  if (disagreements > 0) return 'disagreeing';
  const latest = latestOf(seen.places);
  if (latest.asOf === undefined) return 'nothing-counted';

  const former = await loadFormer(edition);
  const days = await loadDays({ to: addDays(today, -1) });
  const root = treeOf(seen, Number(today.slice(0, 4)));
  const composed = compose({ edition, root, former, days, today });
  const publishedAt = new Date(now).toISOString();
  const done = await freeze({ ...composed, edition, publishedAt, asOf: latest.asOf });
  return done ? 'published' : 'stands';
}

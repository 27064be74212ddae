import { readCursor, writeCursor } from '#shared/http/cursor.ts';
import { operation } from '#shared/http/operation.ts';
import { counters as all, countersVersion } from './data/counters.ts';
import { assistedRoutes as routes } from './routes-assisted.ts';
import { countersPage } from './rules/counters-page.ts';
import type { Counters } from './schema-counters.ts';

const phone = { number: '3422', hours: 'du lundi au vendredi, de 8 h 30 à 17 h 30' };

/** Where somebody helps in person, by département. Touches no data; the same for everybody, so it may be kept. */
export const listCounters = operation(routes.listCounters, async ({ query }) => {
  const { department, limit = 20 } = query;
  const page = countersPage(all, { department, after: readCursor(query.cursor), limit });
  const { counters } = page;
  const body: Counters = { version: countersVersion, counters, ...writeCursor(page.next), phone };
  return { status: 200, body, headers: { 'cache-control': 'public, max-age=3600' } };
});

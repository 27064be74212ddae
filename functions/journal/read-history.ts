import { grantOwner } from '#shared/access/grant.ts';
import { operation } from '#shared/http/operation.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { Place, pageOf } from './page.ts';
import { routes } from './routes.ts';
import { boundsOf, entryOf } from './rules/history.ts';

/**
 * The holder's history (ACC-53). Reading it leaves no line of its own: ACC-54 traces who signs in, who
 * opens health data and who takes an export away, and here is none of these; a history that grew by being
 * read would soon tell of nothing else.
 */
export const readHistory = operation(routes.readHistory, async (asked) => {
  const { query, now } = asked;
  const grant = await grantOwner(asked);
  const { cursor, limit = 100, ...wish } = query;
  const bound = { grant, list: 'history', query: wish } as const;
  const from = cursor === undefined ? undefined : { cursor, now, type: Place };
  const { lines, place } = await pageOf(grant, {
    bounds: boundsOf(wish),
    group: wish.group,
    limit,
    place: from && (await readCursor(bound, from)),
  });
  const next = place && (await writeCursor(bound, place, now));
  return { status: 200, body: { entries: lines.map(entryOf), ...(next ? { next } : {}) } };
});

import { grantHolder } from '#shared/access/grant.ts';
import { signedIn } from '#shared/http/caller.ts';
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
export const readHistory = operation(routes.readHistory, async ({ query, caller, now }) => {
  const grant = await grantHolder(signedIn(caller));
  const { cursor, limit = 100, ...asked } = query;
  const bound = { grant, list: 'history', query: asked } as const;
  const from = cursor === undefined ? undefined : { cursor, now, type: Place };
  const { lines, place } = await pageOf(grant, {
    bounds: boundsOf(asked),
    group: asked.group,
    limit,
    place: from && (await readCursor(bound, from)),
  });
  const next = place && (await writeCursor(bound, place, now));
  return { status: 200, body: { entries: lines.map(entryOf), ...(next ? { next } : {}) } };
});

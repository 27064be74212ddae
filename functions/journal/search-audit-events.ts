import { grantOwner } from '#shared/access/grant.ts';
import { operation } from '#shared/http/operation.ts';
import { Refused } from '#shared/http/problem.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { Place, pageOf } from './page.ts';
import { routes } from './routes.ts';
import { auditEventOf } from './rules/audit-event.ts';
import { boundsOfDates } from './rules/fhir-date.ts';

/** The holder's history as AuditEvents; it leaves no line, as `readHistory` does not. */
export const searchAuditEvents = operation(routes.searchAuditEvents, async (asked) => {
  const { query, now } = asked;
  const { cursor, _count: limit = 100, date = [] } = query;
  const dates = [date].flat();
  const bounds = boundsOfDates(dates);
  if (!bounds) throw new Refused([{ field: 'date', code: 'no-such-day' }]);
  const grant = await grantOwner(asked);
  const bound = { grant, list: 'audit-events', query: dates } as const;
  const from = cursor === undefined ? undefined : { cursor, now, type: Place };
  const { lines, place } = await pageOf(grant, {
    bounds,
    limit,
    place: from && (await readCursor(bound, from)),
  });
  const next = place && (await writeCursor(bound, place, now));
  const entry = lines.map(auditEventOf).map((resource) => ({
    ...(resource.id === undefined ? {} : { fullUrl: `AuditEvent/${resource.id}` }),
    resource,
    search: { mode: 'match' },
  }));
  const body = {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(next ? { link: [{ relation: 'next', url: addressOf(dates, limit, next) }] } : {}),
    ...(entry.length > 0 ? { entry } : {}),
  };
  return { status: 200, body };
});

/** Relative to the base of the FHIR server. */
function addressOf(dates: readonly string[], count: number, cursor: string): string {
  const query = new URLSearchParams(dates.map((date): [string, string] => ['date', date]));
  query.set('_count', String(count));
  query.set('cursor', cursor);
  return `AuditEvent?${query}`;
}

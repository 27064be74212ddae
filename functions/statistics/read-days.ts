import { operation } from '#shared/http/operation.ts';
import { Refused } from '#shared/http/problem.ts';
import { addDays, parisDay } from '#shared/kernel/calendar.ts';
import { loadDays } from './counter-store.ts';
import { actsOf } from './counts.ts';
import { readerOfExact } from './reader-of-exact.ts';
import { routes } from './routes.ts';

const usualDays = 29;
const mostDays = 366;

export const readDays = operation(routes.readDays, async ({ query, caller, now }) => {
  readerOfExact(caller);
  const to = query.to ?? parisDay(now);
  const from = query.from ?? addDays(to, -usualDays);
  if (from > to || addDays(from, mostDays) < to)
    throw new Refused([{ field: 'from', code: 'range' }]);
  const places = await loadDays({ from, to }, query.department);
  const days = places.map((place) => ({ day: place.name, acts: actsOf(place) }));
  return { status: 200, body: { from, to, days } };
});

import { operation } from '#shared/http/operation.ts';
import { loadBy } from './counter-store.ts';
import { latestOf, statusOf } from './counts.ts';
import { readerOfExact } from './reader-of-exact.ts';
import { routes } from './routes.ts';

export const readGroups = operation(routes.readGroups, async ({ query: { by }, caller }) => {
  readerOfExact(caller);
  const places = await loadBy(by);
  const groups = places.map((place) => ({ name: place.name, status: statusOf(place) }));
  return { status: 200, body: { by, groups, ...latestOf(places) } };
});

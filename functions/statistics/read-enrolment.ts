import { operation } from '#shared/http/operation.ts';
import { loadPlaces } from './counter-store.ts';
import { actsOf, latestOf, statusOf } from './counts.ts';
import { readerOfExact } from './reader-of-exact.ts';
import { routes } from './routes.ts';
import type { Counts } from './schema.ts';

export const readEnrolment = operation(routes.readEnrolment, async ({ query, caller }) => {
  readerOfExact(caller);
  const waves = new Map<string, Counts[]>();
  const places = await loadPlaces(query.wave);
  for (const place of places) {
    const [wave = '', department = ''] = place.name.split('#');
    const counts = { department, status: statusOf(place), acts: actsOf(place) };
    waves.set(wave, [...(waves.get(wave) ?? []), counts]);
  }
  const told = [...waves].map(([wave, departments]) => ({ wave, departments }));
  return { status: 200, body: { waves: told, ...latestOf(places) } };
});

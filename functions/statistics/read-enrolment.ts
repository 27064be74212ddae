import { operation } from '#shared/http/operation.ts';
import { routes } from './routes.ts';
import type { Counts } from './schema.ts';
import { loadPlaces, type Place } from './store.ts';

const of = (place: Place, counter: string): number => Number(place[counter] ?? 0);

function countsOf(department: string, place: Place): Counts {
  return {
    department,
    status: {
      known: of(place, 'status.known'),
      invited: of(place, 'status.invited'),
      opposed: of(place, 'status.opposed'),
      open: of(place, 'status.open'),
      activated: of(place, 'status.activated'),
      closed: of(place, 'status.closed'),
      'deletion-requested': of(place, 'status.deletion-requested'),
      deleting: of(place, 'status.deleting'),
      deleted: of(place, 'status.deleted'),
      suspended: of(place, 'status.suspended'),
      deceased: of(place, 'status.deceased'),
    },
    acts: {
      imported: of(place, 'acts.imported'),
      updated: of(place, 'acts.updated'),
      invited: of(place, 'acts.invited'),
      deferred: of(place, 'acts.deferred'),
      opposed: of(place, 'acts.opposed'),
      opened: of(place, 'acts.opened'),
      reversed: of(place, 'acts.reversed'),
      frozen: of(place, 'acts.frozen'),
      bounced: of(place, 'acts.bounced'),
      written: of(place, 'acts.written'),
      returned: of(place, 'acts.returned'),
      renewed: of(place, 'acts.renewed'),
      activated: of(place, 'acts.activated'),
      relinked: of(place, 'acts.relinked'),
      closed: of(place, 'acts.closed'),
      deletionRequested: of(place, 'acts.deletionRequested'),
      deletionBegun: of(place, 'acts.deletionBegun'),
      deleted: of(place, 'acts.deleted'),
      reopened: of(place, 'acts.reopened'),
      suspended: of(place, 'acts.suspended'),
      resumed: of(place, 'acts.resumed'),
      deathRecorded: of(place, 'acts.deathRecorded'),
      deathCorrected: of(place, 'acts.deathCorrected'),
    },
  };
}

export const readEnrolment = operation(routes.readEnrolment, async ({ query }) => {
  const waves = new Map<string, Counts[]>();
  let asOf: string | undefined;
  for (const place of await loadPlaces(query.wave)) {
    const [wave = '', department = ''] = place.sk.split('#');
    waves.set(wave, [...(waves.get(wave) ?? []), countsOf(department, place)]);
    if (asOf === undefined || place.lastAt > asOf) asOf = place.lastAt;
  }
  const told = [...waves].map(([wave, departments]) => ({ wave, departments }));
  return { status: 200, body: { waves: told, ...(asOf ? { asOf } : {}) } };
});

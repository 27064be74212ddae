import type { Counted } from './counter-store.ts';
import type { Counts } from './schema.ts';

const of = ({ counters }: Counted, counter: string): number => counters[counter] ?? 0;

/** How many records of a place stand in each state. */
export const statusOf = (place: Counted): Counts['status'] => ({
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
});

/** How often each act was done in a place. */
export const actsOf = (place: Counted): Counts['acts'] => ({
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
  traceEnded: of(place, 'acts.traceEnded'),
  merged: of(place, 'acts.merged'),
  parted: of(place, 'acts.parted'),
});

/** Instant of the latest line that is counted in some places. */
export function latestOf(places: readonly Counted[]): { asOf?: string } {
  const last = places
    .map(({ lastAt }) => lastAt)
    .toSorted()
    .at(-1);
  return last === undefined ? {} : { asOf: last };
}

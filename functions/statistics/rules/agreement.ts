import type { Counted, Named } from './situation.ts';

/** The sums of all counters over some places. */
export function totalsOf(places: readonly Named[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { counters } of places)
    for (const [name, value] of Object.entries(counters))
      totals.set(name, (totals.get(name) ?? 0) + value);
  return totals;
}

const ofKind = (totals: ReadonlyMap<string, number>, kind: 'status' | 'acts') =>
  new Map([...totals].filter(([name]) => name.startsWith(`${kind}.`)));

function differ(ours: ReadonlyMap<string, number>, theirs: ReadonlyMap<string, number>): number {
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  return [...names].filter((name) => (ours.get(name) ?? 0) !== (theirs.get(name) ?? 0)).length;
}

const negative = (places: readonly Named[]): number =>
  places.flatMap(({ counters }) => Object.values(counters)).filter((value) => value < 0).length;

/**
 * How many counters disagree with others that count the same: the states by wave and département, by
 * decade and by channel add up to the same, and none is negative. What is read while lines are counted
 * may disagree for a moment.
 */
export function disagreements({ places, cohorts, channels }: Counted): number {
  const states = ofKind(totalsOf(places), 'status');
  return (
    differ(states, ofKind(totalsOf(cohorts), 'status')) +
    differ(states, ofKind(totalsOf(channels), 'status')) +
    [places, cohorts, channels].reduce((sum, some) => sum + negative(some), 0)
  );
}

/**
 * The same, and with all days: what happened on them adds up to the states that are and to the acts that
 * were done, and every record that was imported stands in one state, unless its trace has ended or it was merged
 * into another and not parted again.
 */
export function allDisagreements(counted: Counted, days: readonly Named[]): number {
  const [totals, onDays] = [totalsOf(counted.places), totalsOf(days)];
  const standing = [...ofKind(totals, 'status').values()].reduce((sum, one) => sum + one, 0);
  const did = (act: string) => totals.get(`acts.${act}`) ?? 0;
  return (
    disagreements(counted) +
    differ(ofKind(totals, 'status'), ofKind(onDays, 'status')) +
    differ(ofKind(totals, 'acts'), ofKind(onDays, 'acts')) +
    (standing === did('imported') - did('traceEnded') - did('merged') + did('parted') ? 0 : 1)
  );
}

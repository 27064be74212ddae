import { addDays, type Day } from '#shared/kernel/calendar.ts';
import { momentOf } from './disclosure.ts';
import { historyOf, type Moment } from './moments.ts';
import { type Named, nationalOf, type Situation, situations } from './situation.ts';

/** The situation at the end of a period of days: the first of its days and the last, in Paris. */
export interface Period {
  readonly first: Day;
  readonly last: Day;
  readonly total: number;
  /** Hidden where the name is missing. */
  readonly counts: Partial<Record<Situation, number>>;
}

/**
 * The days after those that were published, up to one: joined into periods until no change is small that
 * could be worked out from this period and anything told before, the edition beside it included. A
 * situation of few people is hidden in it as in an edition. Days that are not told yet wait for the next
 * edition. A day on which nothing changed belongs to the period before it: what is told of that is as true
 * at its end, and years in which little happened cost no more than the days on which something did.
 */
export function seriesOf(
  days: readonly Named[],
  range: { readonly first: Day; readonly last: Day },
  told: readonly Moment[],
): Period[] {
  const changes = new Map(days.map(({ name, counters }) => [name, counters]));
  const counters: Record<string, number> = {};
  const add = (some: Readonly<Record<string, number>> = {}) => {
    for (const [name, by] of Object.entries(some)) counters[name] = (counters[name] ?? 0) + by;
  };
  for (const { name, counters: before } of days) if (name < range.first) add(before);
  const periods: Period[] = [];
  const moments: Moment[] = [];
  const former = told.map(nationally);
  let first = range.first;
  for (let last = first; last <= range.last; last = addDays(last, 1)) {
    const change = changes.get(last);
    if (change === undefined && last > range.first) {
      const before = periods.at(-1);
      if (before === undefined || first !== last) continue;
      periods[periods.length - 1] = { ...before, last };
      first = addDays(last, 1);
      continue;
    }
    add(change);
    const national = nationalOf(counters);
    const moment = momentOf(`day ${last}`, national, historyOf([...former, ...moments]));
    // Nothing may be missing in it but what is hidden of any number as small.
    if (moment.told.size < momentOf(last, national, historyOf([])).told.size) continue;
    if (moment.told.size === 0) continue;
    moments.push(moment);
    periods.push(periodOf(moment, first, last));
    first = addDays(last, 1);
  }
  return periods;
}

/** Of what was told, what the series can be held against: situations, and their parts. */
const nationally = ({ id, told, withheld }: Moment): Moment => ({
  id,
  told: new Map([...told].filter(([path]) => path.split('/').length <= 3)),
  withheld: new Map([...withheld].filter(([name]) => name === 'all/situation')),
});

function periodOf({ told }: Moment, first: Day, last: Day): Period {
  const total = told.get('all') ?? 0;
  const counts: Partial<Record<Situation, number>> = {};
  for (const situation of situations) {
    const count = total === 0 ? 0 : told.get(`all/situation:${situation}`);
    if (count !== undefined) counts[situation] = count;
  }
  return { first, last, total, counts };
}

/** What a period told, as it was published. */
export function toldByPeriod({ last, total, counts }: Period): Moment {
  const told = new Map([['all', total]]);
  if (total === 0) return { id: `day ${last}`, told, withheld: new Map() };
  for (const [name, count] of Object.entries(counts)) told.set(`all/situation:${name}`, count);
  const missing = situations.filter((name) => counts[name] === undefined);
  const known = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const paths = new Set(missing.map((name) => `all/situation:${name}`));
  const withheld = new Map([['all/situation', { paths, sum: total - known }]]);
  return { id: `day ${last}`, told, withheld };
}

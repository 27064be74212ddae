import { addDays, type Day } from '#shared/kernel/calendar.ts';
import { type Period, seriesOf, toldByPeriod } from './days.ts';
import { momentOf } from './disclosure.ts';
import { type Cell, historyOf, type Moment } from './moments.ts';
import { type Shown, shownOf, toldBy } from './shown.ts';
import type { Named } from './situation.ts';

/** An edition as it was published. */
export interface Former {
  readonly edition: string;
  readonly shown: readonly Shown[];
  readonly periods: readonly Period[];
}

/** All that editions told, each before the days that came with it. */
export function momentsOf(former: readonly Former[]): Moment[] {
  return former.flatMap(({ edition, shown, periods }) => [
    toldBy(edition, shown),
    ...periods.map(toldByPeriod),
  ]);
}

/**
 * The next edition: what of the cells may be told after all former editions, and the days that have ended
 * since the last period. The edition goes before its days, so that these never keep it from being told.
 */
export function compose(next: {
  readonly edition: string;
  readonly root: Cell;
  readonly former: readonly Former[];
  /** What changed on each day. */
  readonly days: readonly Named[];
  readonly today: Day;
}): Former {
  const { edition, root, former, days, today } = next;
  const told = momentsOf(former);
  const moment = momentOf(edition, root, historyOf(told));
  const editions = former.map((one) => toldBy(one.edition, one.shown));
  const shown = shownOf(moment, root, {
    shown: former.at(-1)?.shown ?? [],
    latest: historyOf(editions).latest,
  });
  const ended = former.flatMap(({ periods }) => periods).at(-1)?.last;
  const first = ended === undefined ? days[0]?.name : addDays(ended, 1);
  const last = addDays(today, -1);
  const periods = first ? seriesOf(days, { first, last }, [...told, moment]) : [];
  return { edition, shown, periods };
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compose, type Former } from '#functions/statistics/rules/compose.ts';
import { toldByPeriod } from '#functions/statistics/rules/days.ts';
import { momentOf } from '#functions/statistics/rules/disclosure.ts';
import { editionOf } from '#functions/statistics/rules/edition.ts';
import { historyOf, type Moment } from '#functions/statistics/rules/moments.ts';
import { shownOf, toldBy } from '#functions/statistics/rules/shown.ts';
import {
  type Counted,
  situations,
  standingIn,
  treeOf,
} from '#functions/statistics/rules/situation.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { attack, shapeOf } from './attack.ts';

type Counters = Record<string, number>;
const words = ['known', 'invited', 'opposed', 'open', 'activated', 'closed'] as const;
const departments = ['12', '48', '66'];
const cohorts = ['1890', '1930', '1960'];
const channels = ['mail', 'letter'];

/** So many people move from one state to another, all of one département, wave, decade and channel. */
interface Move {
  readonly from: number;
  readonly to: number;
  readonly who: number;
  readonly count: number;
}

/** A town that keeps its counters as the room does. */
function townOf() {
  const people = new Map<string, number>();
  const days = new Map<string, Counters>();
  const of = (who: number, word: string) => `${who} ${word}`;
  const add = (day: string, who: number, word: string, by: number) => {
    people.set(of(who, word), (people.get(of(who, word)) ?? 0) + by);
    const counters = days.get(day) ?? {};
    counters[`status.${word}`] = (counters[`status.${word}`] ?? 0) + by;
    days.set(day, counters);
  };
  return {
    move: (day: string, { from, to, who, count }: Move) => {
      const [left, entered] = [words[from], words[to] ?? 'known'];
      const some = left === undefined ? count : Math.min(count, people.get(of(who, left)) ?? 0);
      if (left !== undefined) add(day, who, left, -some);
      add(day, who, entered, some);
    },
    counted: (): Counted => {
      const by = (nameOf: (who: number) => string) => {
        const places = new Map<string, Counters>();
        for (const [key, count] of people) {
          const [who = '', word = ''] = key.split(' ');
          const name = nameOf(Number(who));
          const counters = places.get(name) ?? { 'acts.invited': 1 };
          counters[`status.${word}`] = (counters[`status.${word}`] ?? 0) + count;
          places.set(name, counters);
        }
        return [...places].map(([name, counters]) => ({ name, counters }));
      };
      return {
        places: by((who) => `${who % 2 === 0 ? 'none' : 'w1'}#${departments[who % 3]}`),
        cohorts: by((who) => cohorts[Math.floor(who / 2) % 3] ?? ''),
        channels: by((who) => channels[Math.floor(who / 6)] ?? ''),
      };
    },
    days: () =>
      [...days]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, counters]) => ({ name, counters })),
  };
}

const monday = '2022-01-31';
const who = fc.integer({ min: 0, max: 11 });
const state = fc.integer({ min: 0, max: 5 });
const many = fc.integer({ min: 30, max: 200 });
const some = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 60 }));
const arrival = fc.record({ from: fc.constant(-1), to: state, who, count: many });
const move = fc.record({ from: state, to: state, who, count: some });
/** Moves of so many days: some of nothing, some of a few people, some of many. */
const campaign = fc.record({
  arrivals: fc.array(arrival, { minLength: 10, maxLength: 30 }),
  days: fc.array(fc.array(move, { maxLength: 4 }), { minLength: 7, maxLength: 21 }),
});

/** Every edition of a campaign, each Monday in the morning: some people have moved since midnight. */
function play({ arrivals, days }: { arrivals: Move[]; days: Move[][] }): Former[] {
  const town = townOf();
  const editions: Former[] = [];
  for (const one of arrivals) town.move(monday, one);
  for (const [at, moves] of days.entries()) {
    const today = addDays(monday, at + 1);
    const early = moves.slice(0, 1);
    for (const one of early) town.move(today, one);
    if (at % 7 === 6) {
      const root = treeOf(town.counted(), 2022);
      const next = { edition: today, root, former: editions, days: town.days(), today };
      editions.push(compose(next));
    }
    for (const one of moves.slice(1)) town.move(today, one);
  }
  return editions;
}

/** All that was published, put together here: what the room remembers of it is what is tested. */
const published = (editions: readonly Former[]): Moment[] =>
  editions.flatMap(({ edition, shown, periods }) => [
    toldBy(edition, shown),
    ...periods.map(toldByPeriod),
  ]);

/** Only what can hold anybody here: the rest is nobody, and the attacker may know it. */
const shape = (() => {
  const town = townOf();
  for (let one = 0; one < 12; one++) town.move(monday, { from: -1, to: 0, who: one, count: 1 });
  const { paths, divisions } = shapeOf(treeOf(town.counted(), 2022));
  const isHere = (path: string) => {
    const own = /(department|cohort|channel):([^/]+)/.exec(path);
    if (!own) return true;
    return [...departments, '1900', '1930', '1960', ...channels].includes(own[2] ?? '');
  };
  return {
    paths: paths.filter(isHere),
    divisions: new Map(
      [...divisions]
        .filter(([name]) => isHere(name))
        .map(([name, cells]) => [name, cells.filter(isHere)]),
    ),
  };
})();

describe('editions and the days beside them', () => {
  test('tell together of no one to ten people, whoever puts all of them together', () => {
    let periods = 0;
    fc.assert(
      fc.property(campaign, (all) => {
        const editions = play(all);
        const moments = published(editions).map(({ id, told }) => ({
          id,
          told: new Map([...told].filter(([path]) => shape.paths.includes(path))),
        }));
        periods += editions.flatMap((one) => one.periods).length;
        // A day tells of situations only: what it does not tell below is not known, so nothing is lost.
        expect(attack(shape, moments)).toEqual([]);
      }),
      { numRuns: 60, seed: 21 },
    );
    expect(periods).toBeGreaterThan(100);
  });

  test('the periods follow one another without a gap, and tell the true number of their last day', () => {
    fc.assert(
      fc.property(campaign, (all) => {
        const periods = play(all).flatMap((one) => one.periods);
        for (const [at, { first, last }] of periods.entries()) {
          expect(first <= last).toBe(true);
          const before = periods[at - 1];
          if (before) expect(first).toBe(addDays(before.last, 1));
        }
      }),
      { numRuns: 60, seed: 22 },
    );
  });

  test('what an edition told is known again from what it shows', () => {
    fc.assert(
      fc.property(campaign, campaign, (one, other) => {
        const [town, later] = [townOf(), townOf()];
        for (const move of one.arrivals) town.move(monday, move);
        for (const move of [...one.arrivals, ...other.arrivals]) later.move(monday, move);
        const first = momentOf('e1', treeOf(town.counted(), 2022), historyOf([]));
        const empty = { shown: [], latest: new Map() };
        const shown = shownOf(first, treeOf(town.counted(), 2022), empty);
        expect(toldBy('e1', shown)).toEqual(first);
        const root = treeOf(later.counted(), 2022);
        const second = momentOf('e2', root, historyOf([first]));
        const latest = historyOf([first]).latest;
        expect(toldBy('e2', shownOf(second, root, { shown, latest }))).toEqual(second);
      }),
      { numRuns: 60, seed: 23 },
    );
  });
});

describe('the tree of what may be published', () => {
  test('every record stands in one situation, whatever word its state has', () => {
    const counters = {
      ...{ 'status.known': 1, 'status.invited': 2, 'status.opposed': 3, 'status.open': 4 },
      ...{ 'status.activated': 5, 'status.suspended': 6, 'status.closed': 7 },
      ...{ 'status.deletion-requested': 8, 'status.deleted': 9, 'acts.opened': 99 },
    };
    expect(situations.map((name) => standingIn(name, counters))).toEqual([1, 2, 3, 4, 5, 30]);
  });

  test('each division adds up to what it divides; the eldest are told together', () => {
    const town = townOf();
    for (let one = 0; one < 12; one++) town.move(monday, { from: -1, to: 0, who: one, count: one });
    const root = treeOf(town.counted(), 2022);
    const check = (cell: typeof root): void => {
      for (const division of cell.divisions) {
        expect(division.reduce((sum, { value }) => sum + value, 0)).toBe(cell.value);
        for (const child of division) check(child);
      }
    };
    check(root);
    const cell = (path: string, from = root): number | undefined =>
      from.path === path
        ? from.value
        : from.divisions
            .flat()
            .reduce<number | undefined>((v, one) => v ?? cell(path, one), undefined);
    expect(root.value).toBe(66);
    expect(cell('all/situation:not-informed/cohort:1900')).toBe(0 + 1 + 6 + 7);
    expect(cell('all/situation:not-informed/cohort:2020')).toBe(0);
    expect(cell('all/situation:not-informed/cohort:2030')).toBeUndefined();
  });

  test('a wave that informed nobody in a département is none there', () => {
    const places = [
      { name: 'w1#12', counters: { 'acts.invited': 30, 'status.open': 30 } },
      { name: 'w2#12', counters: { 'status.open': 4 } },
      { name: 'none#12', counters: { 'status.open': 2 } },
    ];
    const root = treeOf({ places, cohorts: [], channels: [] }, 2022);
    const waves = root.divisions
      .flat()
      .flatMap(({ divisions }) => divisions[0] ?? [])
      .find(({ path }) => path === 'all/situation:open/department:12')
      ?.divisions.flat()
      .map(({ path, value }) => [path.split(':').at(-1), value]);
    expect(waves).toEqual([
      ['none', 6],
      ['w1', 30],
    ]);
  });
});

test('an edition is named by the first day of its period: Mondays for weeks', () => {
  expect(editionOf('2022-01-31', 7)).toBe('2022-01-31');
  expect(editionOf('2022-02-06', 7)).toBe('2022-01-31');
  expect(editionOf('2022-02-07', 7)).toBe('2022-02-07');
  expect(editionOf('2022-02-07', 1)).toBe('2022-02-07');
  expect(editionOf('2000-12-31', 7)).toBe('2000-12-25');
});

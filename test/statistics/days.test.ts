import { describe, expect, test } from 'vitest';
import { seriesOf, toldByPeriod } from '#functions/statistics/rules/days.ts';
import { momentOf } from '#functions/statistics/rules/disclosure.ts';
import { historyOf } from '#functions/statistics/rules/moments.ts';
import { nationalOf } from '#functions/statistics/rules/situation.ts';
import { attack, shapeOf } from './attack.ts';

/** So many not informed, waiting, opposed; of the other situations there are many, and they stay. */
const national = (known: number, invited: number, opposed: number) => ({
  ...{ 'status.known': known, 'status.invited': invited, 'status.opposed': opposed },
  ...{ 'status.open': 200, 'status.activated': 300, 'status.closed': 400 },
});
const before = national(80, 10, 10);
/** Eleven more are not informed; of the two that were withheld there are six more together. */
const after = national(91, 11, 15);
const later = national(91, 20, 20);
const changed = (from: Record<string, number>, to: Record<string, number>) =>
  Object.fromEntries(Object.entries(to).map(([name, value]) => [name, value - (from[name] ?? 0)]));
const days = [
  { name: '2022-01-31', counters: before },
  { name: '2022-02-01', counters: changed(before, after) },
  { name: '2022-02-02', counters: changed(after, later) },
];

const shape = shapeOf(nationalOf(before));
const told = momentOf('e1', nationalOf(before), historyOf([]));
const withheld = ['all/situation:waiting', 'all/situation:opposed'];

describe('a day whose untold situations changed by few together', () => {
  test('would tell of them, were all of its numbers told', () => {
    const moment = momentOf('day', nationalOf(after), historyOf([]));
    expect(told.withheld.get('all/situation')).toEqual({ paths: new Set(withheld), sum: 20 });
    expect(attack(shape, [told, moment])).toContain(
      `change of ${withheld.join(' + ')} from e1 to day`,
    );
  });

  test('is joined with the next, rather than told with a situation less', () => {
    const series = (last: string) => seriesOf(days, { first: '2022-02-01', last }, [told]);
    expect(series('2022-02-01')).toEqual([]);
    const joined = series('2022-02-02');
    expect(joined).toMatchObject([
      {
        ...{ first: '2022-02-01', last: '2022-02-02', total: 1031 },
        counts: { 'not-informed': 91, waiting: 20, opposed: 20 },
      },
    ]);
    expect(attack(shape, [told, ...joined.map(toldByPeriod)])).toEqual([]);
  });

  test('binds the edition after it, which knows of a day what it withheld', () => {
    const [period] = seriesOf(days, { first: '2022-01-31', last: '2022-01-31' }, []);
    if (!period) throw new Error('nothing was told');
    expect(toldByPeriod(period)).toEqual({ ...told, id: 'day 2022-01-31' });
    const next = momentOf('e2', nationalOf(after), historyOf([toldByPeriod(period)]));
    expect([...next.told.keys()]).toEqual([
      ...['all', 'all/situation:open', 'all/situation:activated', 'all/situation:closed'],
    ]);
    expect(attack(shape, [toldByPeriod(period), next])).toEqual([]);
  });
});

describe('days on which nothing changed', () => {
  const quiet = { from: '1970-01-01', to: '2022-02-05' };
  const series = seriesOf(days, { first: quiet.from, last: quiet.to }, []);

  test('belong to the period before them, be they fifty years', () => {
    expect(series.map(({ first, last, total }) => [first, last, total])).toEqual([
      ['1970-01-01', '2022-01-30', 0],
      ['2022-01-31', '2022-01-31', 1000],
      ['2022-02-01', '2022-02-05', 1031],
    ]);
  });

  test('wait with a change of few for the next that may be told', () => {
    const few = [
      { name: '2022-01-31', counters: before },
      { name: '2022-02-01', counters: { 'status.opposed': 3 } },
      { name: '2022-02-04', counters: { 'status.opposed': 9 } },
    ];
    const range = (last: string) => ({ first: '2022-01-31', last });
    expect(seriesOf(few, range('2022-02-03'), [])).toHaveLength(1);
    expect(seriesOf(few, range('2022-02-05'), []).at(-1)).toMatchObject({
      ...{ first: '2022-02-01', last: '2022-02-05' },
    });
  });
});

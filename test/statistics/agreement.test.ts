import { describe, expect, test } from 'vitest';
import { allDisagreements, disagreements } from '#functions/statistics/rules/agreement.ts';

const place = (name: string, counters: Record<string, number>) => ({ name, counters });
const counted = {
  places: [
    place('none#12', { 'status.known': 3, 'acts.imported': 5 }),
    place('w1#12', { 'status.open': 2, 'acts.opened': 2 }),
  ],
  cohorts: [place('1940', { 'status.known': 3 }), place('1950', { 'status.open': 2 })],
  channels: [place('mail', { 'status.known': 3, 'status.open': 2 })],
};
const days = [
  place('2022-01-31', { 'status.known': 5, 'acts.imported': 5 }),
  place('2022-02-01', { 'status.known': -2, 'status.open': 2, 'acts.opened': 2 }),
];

describe('counters that count the same', () => {
  test('agree', () => {
    expect(disagreements(counted)).toBe(0);
    expect(allDisagreements(counted, days)).toBe(0);
  });

  test.each([
    [
      'a record too many in a decade',
      { cohorts: [place('1940', { 'status.known': 4, 'status.open': 2 })] },
    ],
    [
      'a record in no channel',
      { channels: [place('mail', { 'status.known': 3, 'status.open': 1 })] },
    ],
    [
      'fewer than nobody',
      {
        cohorts: [
          ...[place('1940', { 'status.known': 4 }), place('1950', { 'status.known': -1 })],
          place('1960', { 'status.open': 2 }),
        ],
      },
    ],
  ])('do not with %s', (_what, change) => {
    expect(disagreements({ ...counted, ...change })).toBeGreaterThan(0);
  });

  test('nor with a day that tells otherwise, or a record that was never imported', () => {
    expect(allDisagreements(counted, days.slice(0, 1))).toBeGreaterThan(0);
    const [first, ...rest] = counted.places;
    const more = { ...first?.counters, 'acts.imported': 6 };
    const places = [place('none#12', more), ...rest];
    const told = [
      place('2022-01-31', { ...days[0]?.counters, 'acts.imported': 6 }),
      ...days.slice(1),
    ];
    expect(allDisagreements({ ...counted, places }, told)).toBe(1);
  });

  test('ENR-20: who was merged into another stands in no state, until he is parted', () => {
    const more = (acts: Record<string, number>) =>
      [
        { ...counted, places: [...counted.places, place('w2#12', acts)] },
        [...days, place('2022-02-02', acts)],
      ] as const;
    expect(allDisagreements(...more({ 'acts.imported': 1, 'acts.merged': 1 }))).toBe(0);
    expect(allDisagreements(...more({ 'acts.merged': 1, 'acts.parted': 1 }))).toBe(0);
    expect(allDisagreements(...more({ 'acts.merged': 1 }))).toBe(1);
  });
});

import { expect, test } from 'vitest';
import { holderLanes, laneFor, laneOf, ownLanes, secretLane } from '#shared/journal/lanes.ts';
import { parisBounds } from '#shared/kernel/calendar.ts';

test('an accessor always has the same lane of 1 to 8, and many accessors fill all of them evenly', () => {
  const lanes = Array.from({ length: 8000 }, (_, at) => laneOf(`accessor-${at}`));
  expect(lanes).toEqual(Array.from({ length: 8000 }, (_, at) => laneOf(`accessor-${at}`)));
  const counts = Map.groupBy(lanes, (lane) => lane);
  expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  for (const [lane, { length }] of counts) {
    expect(length, `lane ${lane}`).toBeGreaterThan(850);
    expect(length, `lane ${lane}`).toBeLessThan(1150);
  }
});

test('what a holder may not know of yet stands in no lane that he reads', () => {
  for (const accessor of ['a', 'b', 'establishment-1']) {
    expect(laneFor(accessor, { hidden: false })).toBe(laneOf(accessor));
    expect(holderLanes).toContain(laneFor(accessor, { hidden: false }));
    expect(holderLanes).not.toContain(laneFor(accessor, { hidden: true }));
  }
});

test('MIN-14 who was a child here reads what was kept from his guardians from his majority on, not before', () => {
  const child = { adultOn: '2024-05-12' };
  const { begin } = parisBounds(child.adultOn);
  expect(ownLanes(child, begin)).toEqual([...holderLanes, secretLane]);
  expect(ownLanes(child, begin - 1)).toEqual(holderLanes);
  expect(ownLanes(undefined, begin)).toEqual(holderLanes);
});

import { expect, test } from 'vitest';
import { joinedDmp, ownDmp } from '#functions/enrolment/rules/joined-dmp.ts';

const held = { since: '2022-01-02T09:00:00.000Z' };
const earlier = { since: '2022-01-01T09:00:00.000Z', deleteFrom: '2032-01-10T23:00:00.000Z' };
const later = { since: '2022-01-03T09:00:00.000Z', deleteFrom: '2032-01-20T23:00:00.000Z' };

test('R1111-40, ENR-20: two records know of a DMP of either, since the earlier, until the later end', () => {
  expect(joinedDmp(undefined, undefined)).toBeUndefined();
  expect(joinedDmp(held, undefined)).toEqual(held);
  expect(joinedDmp(undefined, earlier)).toEqual(earlier);
  expect(joinedDmp(held, earlier)).toEqual(earlier);
  expect(joinedDmp(earlier, later)).toEqual({ ...earlier, deleteFrom: later.deleteFrom });
  expect(joinedDmp(later, earlier)).toEqual({ ...earlier, deleteFrom: later.deleteFrom });
  expect(joinedDmp(held, { since: later.since })).toEqual(held);
});

test('ENR-20: after a parting a record knows of its own DMP, and of one that came since', () => {
  expect(ownDmp(undefined, { now: held, other: held })).toBeUndefined();
  expect(ownDmp(undefined, { now: undefined, other: undefined })).toBeUndefined();
  expect(ownDmp(undefined, { now: later, other: undefined })).toEqual(later);
  expect(ownDmp(held, { now: joinedDmp(held, earlier), other: earlier })).toEqual({
    ...held,
    deleteFrom: earlier.deleteFrom,
  });
  expect(ownDmp(held, { now: held, other: undefined })).toEqual(held);
});

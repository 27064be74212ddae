import { expect, test } from 'vitest';
import { moved, placed, placesOf } from '#functions/enrolment/rules/child-places.ts';

const child = { tag: 'b', otherTags: ['a', 'c'], attachedTo: 'parent', adultOn: '2039-01-01' };

test('ENR-22: a child whom a row names by one of its places keeps the others', () => {
  expect(placed(child, 'a')).toEqual({ tag: 'a', otherTags: ['b', 'c'] });
  expect(placed({ tag: 'a' }, 'a')).toEqual({ tag: 'a' });
});

test('ENR-22: another guardian or birth date leaves none of the former places', () => {
  expect(placed(child, 'd')).toEqual({ tag: 'd' });
  expect(placed(undefined, 'd')).toEqual({ tag: 'd' });
});

test('ENR-20: a number that is replaced adds a place, and takes it back', () => {
  const { otherTags: _, ...one } = child;
  const both = moved(one, { plus: 'n' });
  expect(both).toEqual({ ...one, tag: 'n', otherTags: ['b'] });
  expect(placesOf(both)).toEqual(['n', 'b']);
  expect(moved(both, { plus: 'b', minus: 'n' })).toEqual(one);
  // A row with a corrected birth date had left the new place only.
  expect(moved({ ...one, tag: 'n' }, { plus: 'b', minus: 'n' })).toEqual(one);
});

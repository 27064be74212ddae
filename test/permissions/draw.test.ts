import { expect, test } from 'vitest';
import { draw, trialOf } from './draw.ts';

test('a seed draws the same ones again, each once, another seed others', () => {
  const from = Array.from({ length: 50 }, (_, n) => n);
  expect(draw(from, 10, 1)).toEqual(draw(from, 10, 1));
  expect(draw(from, 10, 1)).not.toEqual(draw(from, 10, 2));
  expect(new Set(draw(from, 10, 1)).size).toBe(10);
  expect([...draw(from, 99, 3)].sort((a, b) => a - b)).toEqual(from);
});

test('the tests to run are those that used the permission in the quickest file', () => {
  const tests = ['a.ts > x > one', 'a.ts > two', 'b.ts > y > three'];
  expect(trialOf({ tests }, { 'a.ts': 9, 'b.ts': 2 })).toEqual({
    file: 'b.ts',
    names: ['y > three'],
  });
});

test('a permission used by the set-up of a file takes the whole file', () => {
  expect(trialOf({ tests: ['a.ts > (set-up)', 'a.ts > one'] }, {})).toEqual({
    file: 'a.ts',
    names: [],
  });
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bugs } from './bugs.ts';

test('every bug that is planted for the model has its place in the code as it stands', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(20);
  const lost = bugs.flatMap(({ name, edits }) =>
    edits
      .filter(({ file, from, to }) => !readFileSync(file, 'utf8').includes(from) || from === to)
      .map(({ file }) => `${name}: ${file}`),
  );
  expect(lost).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
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

test.each(bugs)('with the bug "$name" the code can still be loaded', ({ edits }) => {
  for (const { file, from, to } of edits)
    expect(stripTypeScriptTypes(readFileSync(file, 'utf8').replace(from, to))).not.toBe('');
});

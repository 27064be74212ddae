import { expect, test } from 'vitest';
import { ofName } from '#shared/kernel/of-name.ts';

test.each([
  ['Léa', 'de Léa'],
  ['Ana', 'd’Ana'],
  ['Inès', 'd’Inès'],
  ['Élie', 'd’Élie'],
  ['Œdipe', 'd’Œdipe'],
  ['Yves', 'd’Yves'],
  ['Yanis', 'de Yanis'],
  ['Hugo', 'de Hugo'],
  ['', 'de '],
])('ENR-4: a child’s name after « de »: %s', (name, words) => {
  expect(ofName(name)).toBe(words);
});

import { expect, test } from 'vitest';
import { isPlayed, type Play, played } from '#functions/enrolment/rules/played.ts';

const play = (file: string, run: string): Play => ({ file, import: run });
const after = (...lines: readonly (readonly [line: string, play: Play])[]) =>
  lines.reduce<Parameters<typeof isPlayed>[0]>(
    (before, [line, by]) => ({ holder: 'h', rowTag: line, by: played(before, line, by) }),
    undefined,
  );

test.each([
  ['the same bytes in another run', 'a', play('f', '2'), true],
  ['each of the lines that they had', 'b', play('f', '2'), true],
  ['a line that they had not', 'c', play('f', '2'), false],
  ['another file', 'a', play('g', '2'), false],
  ['the same run: its order counts', 'a', play('f', '1'), false],
])('what a file has said already: %s', (_, line, by, expected) => {
  const lookup = after(['a', play('f', '1')], ['b', play('f', '1')]);
  expect(isPlayed(lookup, line, by)).toBe(expected);
});

test('nobody is known by lines of a file before another one named him', () => {
  const lookup = after(['a', play('f', '1')], ['b', play('g', '2')]);
  expect(isPlayed(lookup, 'a', play('f', '3'))).toBe(false);
  expect(isPlayed(undefined, 'a', play('f', '3'))).toBe(false);
  expect(isPlayed({ holder: 'h', rowTag: 'a' }, 'a', play('f', '3'))).toBe(false);
});

test('a line that changed nothing, since another file had said it, is one of those that were played', () => {
  const lookup = after(['a', play('g', '1')], ['b', play('f', '2')]);
  expect(['a', 'b'].map((line) => isPlayed(lookup, line, play('f', '3')))).toEqual([true, true]);
});

test('a run that stopped half-way goes on where the same bytes come again', () => {
  const half = after(['a', play('f', '1')], ['b', play('f', '2')]);
  expect(['a', 'b'].map((line) => isPlayed(half, line, play('f', '3')))).toEqual([true, true]);
});

test('what is remembered stays small, whatever a file says', () => {
  const lines = Array.from({ length: 40 }, (_, at) => [`l${at}`, play('f', '1')] as const);
  expect(after(...lines)?.by?.lines).toHaveLength(16);
  expect(after(...lines)?.by?.lines.at(-1)).toBe('l39');
});

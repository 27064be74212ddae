import { describe, expect, test } from 'vitest';
import { mergedStatus } from '#functions/enrolment/rules/merged-status.ts';
import { type StatusWord, statuses } from '#shared/kernel/status.ts';

/** The table written out by hand: row and column, in the order of `words`; `!` where nothing is merged. */
const words: readonly StatusWord[] = [
  ...(['known', 'invited', 'opposed', 'open', 'activated', 'suspended'] as const),
  ...(['closed', 'deletion-requested', 'deleting', 'deleted', 'deceased'] as const),
];
const short = ['K', 'I', 'O', 'N', 'A', 'S', 'C', 'Q', 'G', 'D', 'X'];
const table = [
  //K I O N A S C Q G D X
  'K I O N A S C Q ! K X', // known
  'I I O N A S C Q ! I X', // invited
  'O O O O A S C Q ! O X', // opposed
  'N N O N A S C Q ! N X', // open
  'A A A A ! ! ! ! ! A X', // activated
  'S S S S ! ! ! ! ! S X', // suspended
  'C C C C ! ! ! ! ! C X', // closed
  'Q Q Q Q ! ! ! ! ! Q X', // deletion-requested
  '! ! ! ! ! ! ! ! ! ! !', // deleting
  'K I O N A S C Q ! D X', // deleted
  'X X X X X X X X ! X X', // deceased
].map((row) => row.split(' '));

const pairs = words.flatMap((first, row) =>
  words.map((second, column) => ({ first, second, cell: table[row]?.[column] ?? '?' })),
);

describe('ENR-20: two records that are one person', () => {
  test('the table knows every state', () => {
    expect(words.toSorted()).toEqual(statuses.toSorted());
    expect(pairs).toHaveLength(121);
  });

  test.each(pairs)('$first and $second: $cell', ({ first, second, cell }) => {
    const merged = mergedStatus({ status: first, linkTag: 'a' }, { status: second, linkTag: 'b' });
    const word = words[short.indexOf(cell)];
    if (word === undefined) expect(merged.is).toBe('refused');
    else expect(merged).toMatchObject({ is: 'wins', status: word });
  });

  test.each(pairs)('$first and $second: whichever is named first, the same state wins', (pair) => {
    const [one, other] = [
      { status: pair.first, linkTag: 'a' },
      { status: pair.second, linkTag: 'b' },
    ];
    const [there, back] = [mergedStatus(one, other), mergedStatus(other, one)];
    const said = (merged: typeof there) => (merged.is === 'wins' ? merged.status : merged.reason);
    expect(said(there)).toBe(said(back));
  });

  test('of two with the same account the graver state wins, and between equals the survivor’s', () => {
    const of = (status: StatusWord) => ({ status, linkTag: 'a' });
    expect(mergedStatus(of('activated'), of('suspended'))).toMatchObject({ of: 'second' });
    expect(mergedStatus(of('open'), of('open'))).toMatchObject({ of: 'first' });
  });
});

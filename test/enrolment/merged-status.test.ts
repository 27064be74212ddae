import { describe, expect, test } from 'vitest';
import { mergedStatus } from '#functions/enrolment/rules/merged-status.ts';
import { type StatusWord, statuses } from '#shared/kernel/status.ts';

/**
 * The table written out by hand: the survivor’s state by rows, the other one’s by columns, in the order of `words`;
 * in small letters where the survivor keeps its own. `a` two accounts, `g` a deletion under way, `x` one has died,
 * `d` into a deleted one: nothing is merged.
 */
const words: readonly StatusWord[] = [
  ...(['known', 'invited', 'opposed', 'open', 'activated', 'suspended'] as const),
  ...(['closed', 'deletion-requested', 'deleting', 'deleted', 'deceased'] as const),
];
const table = [
  //K   I   O   N   A   S   C   Q   G   D   X
  'k   k   O   N   A   S   C   Q   !g  k   !x', // known
  'i   i   O   N   A   S   C   Q   !g  i   !x', // invited
  'o   o   o   o   A   S   C   Q   !g  o   !x', // opposed
  'n   n   O   n   A   S   C   Q   !g  n   !x', // open
  'a   a   a   a   !a  !a  !a  !a  !g  a   !x', // activated
  's   s   s   s   !a  !a  !a  !a  !g  s   !x', // suspended
  'c   c   c   c   !a  !a  !a  !a  !g  c   !x', // closed
  'q   q   q   q   !a  !a  !a  !a  !g  q   !x', // deletion-requested
  '!g  !g  !g  !g  !g  !g  !g  !g  !g  !g  !g', // deleting
  '!d  !d  !d  !d  !d  !d  !d  !d  !g  d   !d', // deleted
  '!x  !x  !x  !x  !x  !x  !x  !x  !g  x   x', // deceased
].map((row) => row.split(/ +/));
const short = ['k', 'i', 'o', 'n', 'a', 's', 'c', 'q', 'g', 'd', 'x'];
const reasons: Readonly<Record<string, string>> = {
  ...{ '!a': 'two-accounts', '!g': 'deletion-under-way' },
  ...{ '!x': 'one-has-died', '!d': 'into-deleted' },
};

const pairs = words.flatMap((first, row) =>
  words.map((second, column) => ({ first, second, cell: table[row]?.[column] ?? '?' })),
);

describe('ENR-20: two records that are one person', () => {
  test('the table knows every state', () => {
    expect(words.toSorted()).toEqual(statuses.toSorted());
    expect(pairs).toHaveLength(121);
  });

  test.each(pairs)('$first takes in $second: $cell', ({ first, second, cell }) => {
    const merged = mergedStatus({ status: first, linkTag: 'a' }, { status: second, linkTag: 'b' });
    const reason = reasons[cell];
    if (reason) return expect(merged).toEqual({ is: 'refused', reason });
    const status = words[short.indexOf(cell.toLowerCase())];
    const of = cell === cell.toLowerCase() ? 'first' : 'second';
    return expect(merged).toEqual({ is: 'wins', status, of });
  });

  test('of two with the same account the graver state wins, and between equals the survivor’s', () => {
    const of = (status: StatusWord) => ({ status, linkTag: 'a' });
    expect(mergedStatus(of('activated'), of('suspended'))).toMatchObject({ of: 'second' });
    expect(mergedStatus(of('suspended'), of('activated'))).toMatchObject({ of: 'first' });
    expect(mergedStatus(of('activated'), of('activated'))).toMatchObject({ of: 'first' });
    expect(mergedStatus(of('open'), of('open'))).toMatchObject({ of: 'first' });
  });

  /** Closed by its holder, or by an agent before it was ever activated (D60): without an account, in small letters. */
  const closings = {
    C: { status: 'closed', linkTag: 'a' },
    Q: { status: 'deletion-requested', linkTag: 'a' },
    c: { status: 'closed' },
    q: { status: 'deletion-requested' },
  } as const;
  const closed = [
    // first, second, whose state counts
    ...(['CC first', 'CQ second', 'Cc first', 'Cq first'] as const),
    ...(['QC first', 'QQ first', 'Qc first', 'Qq first'] as const),
    ...(['cC second', 'cQ second', 'cc first', 'cq second'] as const),
    ...(['qC second', 'qQ second', 'qc first', 'qq first'] as const),
  ].map((row) => {
    const [pair = '', of = ''] = row.split(' ');
    return { pair, of };
  });
  const closingOf = (letter: string | undefined) =>
    Object.entries(closings).find(([name]) => name === letter)?.[1] ?? closings.C;

  test.each(closed)(
    'ENR-43: of two closed ones that which has an account counts ($pair: $of)',
    ({ pair, of }) => {
      const [first, second] = [closingOf(pair[0]), closingOf(pair[1])];
      const { status } = of === 'first' ? first : second;
      expect(mergedStatus(first, second)).toEqual({ is: 'wins', status, of });
    },
  );

  test('ENR-43: every pair of closed ones is judged', () => {
    expect(new Set(closed.map(({ pair }) => pair)).size).toBe(16);
  });

  /** Whose link stands for no account (`n`), beside an account (`a`) or another such link. */
  const nobodys = (status: StatusWord, linkTag: string) => ({ status, linkTag, isNobodys: true });
  const linked = ['activated', 'suspended', 'closed', 'deletion-requested'] as const;

  test.each(linked.flatMap((one) => linked.map((other) => ({ one, other }))))(
    'MIN-2: a link that is nobody’s is no account ($one, $other)',
    ({ one, other }) => {
      const [first, second] = [nobodys(one, 'n-1'), nobodys(other, 'n-2')];
      const told = mergedStatus(first, second);
      expect(told).toEqual(
        mergedStatus({ status: one, linkTag: 'same' }, { status: other, linkTag: 'same' }),
      );
      expect(told.is).toBe('wins');
    },
  );

  test('MIN-5: an account is not lost to a link that is nobody’s', () => {
    const account = { status: 'activated', linkTag: 'a' } as const;
    expect(mergedStatus(account, nobodys('activated', 'n'))).toMatchObject({ of: 'first' });
    expect(mergedStatus(nobodys('activated', 'n'), account)).toMatchObject({ of: 'second' });
    expect(mergedStatus(nobodys('closed', 'n'), account)).toMatchObject({ of: 'second' });
    expect(mergedStatus(nobodys('open', 'n'), account)).toMatchObject({ of: 'second' });
    const lost = { is: 'refused', reason: 'account-in-other' };
    expect(mergedStatus(nobodys('suspended', 'n'), account)).toEqual(lost);
    expect(mergedStatus(account, nobodys('suspended', 'n'))).toEqual(lost);
    const shut = { status: 'closed', linkTag: 'a' } as const;
    expect(mergedStatus(nobodys('activated', 'n'), shut)).toEqual(lost);
    expect(mergedStatus(nobodys('deletion-requested', 'n'), shut)).toMatchObject({ of: 'second' });
    expect(mergedStatus(shut, nobodys('deletion-requested', 'n'))).toMatchObject({ of: 'first' });
  });
});

import type { StatusWord } from '#shared/kernel/status.ts';

/**
 * What becomes of two records that are one person's. A state on the left beats those after it: whoever decided beats
 * who did not, and the graver decision beats the lighter one. `deleted` is nothing but a trace, so it gives way to
 * whatever is still there. Those of one row are equals.
 */
const order = [
  ['deceased'],
  // Nobody gets in by the other record while one is suspended.
  ['suspended'],
  ['activated'],
  // He had it and closed it: that says more than a record that opened by itself or a deadline that runs.
  ['deletion-requested'],
  ['closed'],
  // An objection beats an opening or an invitation of the other number: he did say no.
  ['opposed'],
  ['open'],
  // Who was told by the other number was told a code and asked for a card that are this one's no more: what the
  // surviving number says counts, and who is only known by it is informed anew.
  ['invited', 'known'],
  ['deleted'],
] as const satisfies readonly (readonly StatusWord[])[];

export type MergedStatus =
  /** This state counts, with what belongs to it; `first` or `second` says whose it is. */
  | { readonly is: 'wins'; readonly status: StatusWord; readonly of: 'first' | 'second' }
  /** Somebody has to decide, or to wait: nothing is merged. */
  | { readonly is: 'refused'; readonly reason: NotMerged };

/**
 * `two-accounts`: each has an account, and which one counts is for the holder to say, by a new code.
 * `account-in-other`: the state that counts is of a record that is nobody's, as a child's, and the other one has an
 * account, which would be lost: what is suspended is decided, what is closed reopened first. `deletion-under-way`: what one of them holds is half gone. `one-has-died`: of one person, one number says that he
 * lives: which is true is for the civil status to say. `into-deleted`: he had this record deleted, and the other one
 * must not bring it back; the other way round they are one.
 */
export type NotMerged =
  | 'two-accounts'
  | 'account-in-other'
  | 'deletion-under-way'
  | 'one-has-died'
  | 'into-deleted';

/** States in which an account is linked to a record. */
const linked: readonly StatusWord[] = ['activated', 'suspended', 'closed', 'deletion-requested'];

const closed: readonly StatusWord[] = ['closed', 'deletion-requested'];

/** Who may reopen a closed record: its account, else a child's guardians; nobody where it was never activated. */
const hasOf = ({ linkTag, isNobodys }: Merging): number => (!linkTag ? 0 : isNobodys ? 1 : 2);

interface Merging {
  readonly status: StatusWord;
  readonly linkTag?: string | undefined;
  /** That the link stands for no account: a child's, or a young adult's whose record nobody has claimed. */
  readonly isNobodys?: boolean;
}

/**
 * Which of two states wins (ENR-20). Between equals the first does: the record that survives. `linkTag` is that of the
 * account, if there ever was one.
 */
export function mergedStatus(first: Merging, second: Merging): MergedStatus {
  const both = [first.status, second.status];
  const refused = (reason: NotMerged): MergedStatus => ({ is: 'refused', reason });
  if (both.includes('deleting')) return refused('deletion-under-way');
  if (first.status === 'deleted' && second.status !== 'deleted') return refused('into-deleted');
  const ofOneDead = both.includes('deceased') && first.status !== second.status;
  if (ofOneDead && !both.includes('deleted')) return refused('one-has-died');
  // Closed by an agent before it was ever activated, a record has none.
  const isLinked = ({ status, linkTag, isNobodys }: Merging) =>
    linked.includes(status) && linkTag !== undefined && !isNobodys;
  if (isLinked(first) && isLinked(second) && first.linkTag !== second.linkTag)
    return refused('two-accounts');
  const winner = (of: 'first' | 'second'): MergedStatus => {
    const { status } = of === 'first' ? first : second;
    return { is: 'wins', status, of };
  };
  // Of two closed ones that which has an account counts, whatever was asked for the other: by it he reopens, fetches
  // the certificate, or still asks for the deletion; and its contents he never asked to have deleted.
  const areClosed = both.every((status) => closed.includes(status));
  if (areClosed && hasOf(first) !== hasOf(second))
    return winner(hasOf(first) > hasOf(second) ? 'first' : 'second');
  const placeOf = ({ status }: Merging) =>
    order.findIndex((row) => row.some((one) => one === status));
  const [one, other] = [placeOf(first), placeOf(second)];
  // An account is not lost to a link that is nobody's.
  if (one === other && first.isNobodys && isLinked(second)) return winner('second');
  const [wins, loses] = one <= other ? [first, second] : [second, first];
  if (wins.isNobodys && isLinked(loses)) return refused('account-in-other');
  return winner(one <= other ? 'first' : 'second');
}

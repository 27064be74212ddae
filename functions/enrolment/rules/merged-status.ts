import type { StatusWord } from '#shared/kernel/status.ts';

/**
 * What becomes of two records that are one person's. A state on the left beats those after it: whoever decided beats
 * who did not, and the graver decision beats the lighter one. `deleted` is nothing but a trace, so it gives way to
 * whatever is still there.
 */
const order = [
  // A death is a fact of the person, whichever of his numbers it was told of.
  'deceased',
  // Nobody gets in by the other record while one is suspended.
  'suspended',
  'activated',
  // He had it and closed it: that says more than a record that opened by itself or a deadline that runs.
  'deletion-requested',
  'closed',
  // An objection beats an opening or an invitation of the other number: he did say no.
  'opposed',
  'open',
  'invited',
  'known',
  'deleted',
] as const satisfies readonly StatusWord[];

export type MergedStatus =
  /** This state counts, with what belongs to it; `first` or `second` says whose it is. */
  | { readonly is: 'wins'; readonly status: StatusWord; readonly of: 'first' | 'second' }
  /** Somebody has to decide, or to wait: nothing is merged. */
  | { readonly is: 'refused'; readonly reason: 'two-accounts' | 'deletion-under-way' };

/** States in which an account is linked to a record. */
const linked: readonly StatusWord[] = ['activated', 'suspended', 'closed', 'deletion-requested'];

/**
 * Which of two states wins (ENR-20). Between equal ones the first does: the record that survives. Two records with
 * an account each are not merged by a file: which account counts is for the holder to say, by a new code. One that
 * is being deleted is waited for, since what it holds is half gone.
 */
export function mergedStatus(
  first: { readonly status: StatusWord; readonly linkTag?: string | undefined },
  second: { readonly status: StatusWord; readonly linkTag?: string | undefined },
): MergedStatus {
  if (first.status === 'deleting' || second.status === 'deleting')
    return { is: 'refused', reason: 'deletion-under-way' };
  const isDead = first.status === 'deceased' || second.status === 'deceased';
  const haveBoth = linked.includes(first.status) && linked.includes(second.status);
  if (!isDead && haveBoth && first.linkTag !== second.linkTag)
    return { is: 'refused', reason: 'two-accounts' };
  const places = order.map(String);
  const [a, b] = [places.indexOf(first.status), places.indexOf(second.status)];
  return a <= b
    ? { is: 'wins', status: first.status, of: 'first' }
    : { is: 'wins', status: second.status, of: 'second' };
}

import { joinedDmp } from './rules/joined-dmp.ts';
import { type NamesFor, withGuardians } from './rules/joined-guardians.ts';
import { withoutCall } from './rules/judge-agent-closure.ts';
import { commonFields, Status } from './stored.ts';

type Fields = readonly (readonly [string, unknown])[];
const fieldsOf = (status: Status, which: 'common' | 'own'): Fields =>
  Object.entries(status).filter(([name]) => commonFields.has(name) === (which === 'common'));

/** The state of one record, said of the person and at the end of the chain of another. */
export function stateAt(person: Status, state: Status): Status {
  return Status.parse(
    Object.fromEntries([...fieldsOf(person, 'common'), ...fieldsOf(state, 'own')]),
  );
}

/** What stands in the place of an account in the record of a holder who has none, as a child that is not yet of age. */
export type NoAccountOf = (holder: string) => string;

/** The account that a status names; undefined where there is none, nor anything in its place. */
export const linkOf = (status: Status): string | undefined =>
  'linkTag' in status ? status.linkTag : undefined;

/** Whether a fingerprint stands for want of an account in a holder's record. */
export const isNobodys = (link: string | undefined, holder: string, of: NoAccountOf): boolean =>
  link === of(holder);

/** Of a merge: which state counts, and by which line of the other record's journal it is known. */
export interface Absorbing {
  readonly wins: 'first' | 'second';
  readonly reference: string;
  /** ISO instant. */
  readonly at: string;
  /** Fingerprint of the other record's number, the one that the file names. */
  readonly nirTag: string;
  readonly noAccountOf: NoAccountOf;
  /** Of a child: all names by which its guardians may be known. */
  readonly namesFor?: NamesFor;
}

/**
 * The record that survives a merge (ENR-20): who the person is stays as this record's number says, the state is that
 * which counts, and it is noted which record it took in.
 */
export function absorbed(
  first: Status,
  second: Status,
  { wins, reference, at, nirTag, noAccountOf, namesFor = (one) => [one] }: Absorbing,
): Status {
  // Whom an agent would call back asked for one record of two.
  const state = withoutCall(wins === 'first' ? first : stateAt(first, second));
  const to = withGuardians(state, { first, second, wins, namesFor });
  const { holder, life } = second;
  const numbers = [nirTag, ...(second.otherNumbers ?? [])];
  const taken = { holder, reference, at, numbers, ...(life === undefined ? {} : { life }) };
  const dmp = joinedDmp(first.dmp, second.dmp);
  const next = {
    ...{ ...to, absorbed: [...(first.absorbed ?? []), taken] },
    ...(dmp === undefined ? {} : { dmp }),
  };
  // A child's own account, also of who is of age by now, goes on; what stands for none is each record's own.
  const isOfNobody = wins === 'second' && isNobodys(linkOf(next), holder, noAccountOf);
  return isOfNobody ? Status.parse({ ...next, linkTag: noAccountOf(first.holder) }) : next;
}

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

/** Of a merge: which state counts, and by which line of the other record's journal it is known. */
export interface Absorbing {
  readonly wins: 'first' | 'second';
  readonly reference: string;
  /** ISO instant. */
  readonly at: string;
  /** Fingerprint of the other record's number, the one that the file names. */
  readonly nirTag: string;
  /** In the place of an account where the state that counts is a child's, which has none: the record's own. */
  readonly noAccount?: string | undefined;
}

/**
 * The record that survives a merge (ENR-20): who the person is stays as this record's number says, the state is that
 * which counts, and it is noted which record it took in.
 */
export function absorbed(
  first: Status,
  second: Status,
  { wins, reference, at, nirTag, noAccount }: Absorbing,
): Status {
  // Whom an agent would call back asked for one record of two.
  const to = withoutCall(wins === 'first' ? first : stateAt(first, second));
  const { holder, life } = second;
  const numbers = [nirTag, ...(second.otherNumbers ?? [])];
  const taken = { holder, reference, at, numbers, ...(life === undefined ? {} : { life }) };
  const next = { ...to, absorbed: [...(first.absorbed ?? []), taken] };
  const isOfNobody = wins === 'second' && noAccount !== undefined && 'linkTag' in next;
  return isOfNobody ? Status.parse({ ...next, linkTag: noAccount }) : next;
}

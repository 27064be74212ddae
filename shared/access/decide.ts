import type { StatusWord } from '../kernel/status.ts';

/** What one may do with a record's health data. */
export type May = 'read' | 'search' | 'deposit' | 'history';

/** Version of the rules by which access is decided; each journal line names it. */
export const policy = 'access-1';

export type Decision =
  | { readonly is: 'granted'; readonly may: readonly May[] }
  | { readonly is: 'refused'; readonly reason: 'not-linked' | 'unknown-patient' | 'record-closed' };

/** Facts read at the time of the request; nothing of them comes from a token. */
export type Facts =
  | {
      readonly purpose: 'own-record';
      /** Whether the record's status names this very account. */
      readonly isLinked: boolean;
      readonly status: StatusWord | undefined;
    }
  | { readonly purpose: 'feeding'; readonly status: StatusWord | undefined };

const refused = (reason: Extract<Decision, { is: 'refused' }>['reason']): Decision => ({
  is: 'refused',
  reason,
});

/**
 * Whether somebody may have access, and to what; all that is not written here is denied. The holder
 * himself reads and deposits in his activated record. An establishment feeds a record that is open or
 * activated (ENR-31); feeding needs no authorisation (ACC-10). It cannot tell a person who is unknown
 * from one whose record never opened.
 */
export function decide(facts: Facts): Decision {
  if (facts.purpose === 'own-record') {
    if (!facts.isLinked || facts.status === undefined) return refused('not-linked');
    if (facts.status !== 'activated') return refused('record-closed');
    return { is: 'granted', may: ['read', 'search', 'deposit', 'history'] };
  }
  switch (facts.status) {
    case 'open':
    case 'activated':
      return { is: 'granted', may: ['deposit'] };
    case 'suspended':
    case 'closed':
    case 'deletion-requested':
    case 'deleting':
    case 'deleted':
      return refused('record-closed');
    // `deceased` may be said of somebody whose record never opened.
    case 'deceased':
    case 'known':
    case 'invited':
    case 'opposed':
    case undefined:
      return refused('unknown-patient');
    default:
      return facts.status satisfies never;
  }
}

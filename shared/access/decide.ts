import type { StatusWord } from '../kernel/status.ts';

/** What one may do with a record's health data. */
export type May = 'read' | 'search' | 'deposit' | 'history';

/** What a grant is for. `dmp-feeding`: a deposit into the DMP of a record that is still to open. */
export type Purpose =
  | 'own-record'
  | 'assisted-record'
  | 'child-record'
  | 'feeding'
  | 'dmp-feeding'
  | 'dmp-transfer';

/** Version of the rules by which access is decided; each journal line names it. */
export const policy = 'access-3';

export type Decision =
  | { readonly is: 'granted'; readonly may: readonly May[] }
  | {
      readonly is: 'refused';
      readonly reason:
        | 'not-linked'
        | 'not-guardian'
        | 'unknown-patient'
        | 'record-closed'
        | 'conditions-to-accept';
    };

/** Facts read at the time of the request; nothing of them comes from a token. */
export type Facts =
  | {
      readonly purpose: 'own-record';
      /** Whether the record's status names this very account. */
      readonly isLinked: boolean;
      readonly status: StatusWord | undefined;
      /** Whether the conditions changed since he accepted them, and his time to accept the new ones is over. */
      readonly isOverdue: boolean;
    }
  | {
      readonly purpose: 'child-record';
      /** The guardian's own record: whether it names this very account, and how it stands. */
      readonly own: {
        readonly isLinked: boolean;
        readonly status: StatusWord | undefined;
        readonly isOverdue: boolean;
      };
      /** Whether the child's record names him. */
      readonly isGuardian: boolean;
      /** Whether the child is a minor still. */
      readonly isMinor: boolean;
      /** How the child's record stands. */
      readonly status: StatusWord | undefined;
    }
  /** A holder in a session at a counter, whose card and code were just judged. */
  | { readonly purpose: 'assisted-record'; readonly status: StatusWord | undefined }
  | {
      readonly purpose: 'feeding';
      readonly status: StatusWord | undefined;
      /** Whether a DMP from before waits for the record's opening. */
      readonly hasDmp: boolean;
    }
  | { readonly purpose: 'dmp-transfer'; readonly status: StatusWord | undefined };

const refused = (reason: Extract<Decision, { is: 'refused' }>['reason']): Decision => ({
  is: 'refused',
  reason,
});

/**
 * Whether somebody may have access, and to what; all that is not written here is denied. The holder
 * himself reads and deposits in his activated record; a guardian does in that of a child which names him,
 * as long as it is a minor and his own record is activated, too (MIN-3, MIN-5). Who did not accept the conditions that
 * changed, in the time that he had, is not let in until he has. At a counter a holder reads his record, also one that he
 * never activated; he changes nothing there. An establishment feeds a record that is open or
 * activated (ENR-31), or the DMP of before of somebody whose record is still to open, with which it moves
 * (R1111-40); feeding needs no authorisation (ACC-10). It cannot tell a person who is unknown
 * from one whose record never opened and who has no DMP. A DMP is taken in for whom a record may still open.
 */
export function decide(facts: Facts): Decision {
  if (facts.purpose === 'own-record') {
    if (!facts.isLinked || facts.status === undefined) return refused('not-linked');
    if (facts.status !== 'activated') return refused('record-closed');
    if (facts.isOverdue) return refused('conditions-to-accept');
    return { is: 'granted', may: ['read', 'search', 'deposit', 'history'] };
  }
  if (facts.purpose === 'child-record') {
    const own = decide({ purpose: 'own-record', ...facts.own });
    if (own.is === 'refused') return own;
    if (!facts.isGuardian || !facts.isMinor || facts.status === undefined)
      return refused('not-guardian');
    return facts.status === 'activated' ? own : refused('record-closed');
  }
  if (facts.purpose === 'assisted-record') {
    const isThere = facts.status === 'open' || facts.status === 'activated';
    return isThere
      ? { is: 'granted', may: ['read', 'search', 'history'] }
      : refused('record-closed');
  }
  const isForDmp = facts.purpose === 'dmp-transfer' || facts.hasDmp;
  switch (facts.status) {
    case 'open':
    case 'activated':
      return { is: 'granted', may: ['deposit'] };
    case 'known':
    case 'invited':
      return isForDmp ? { is: 'granted', may: ['deposit'] } : refused('unknown-patient');
    // He objected: nothing new comes into what is archived, but what comes late is archived with it.
    case 'opposed':
      return facts.purpose === 'dmp-transfer'
        ? { is: 'granted', may: ['deposit'] }
        : refused('unknown-patient');
    case 'suspended':
    case 'closed':
    case 'deletion-requested':
    case 'deleting':
    case 'deleted':
      return refused('record-closed');
    // `deceased` may be said of somebody whose record never opened.
    case 'deceased':
    case undefined:
      return refused('unknown-patient');
    default:
      return facts.status satisfies never;
  }
}

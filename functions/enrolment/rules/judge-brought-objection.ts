import type { DecidedBy, Status } from '../stored.ts';
import { mayObject } from './may-object.ts';
import { isUnrepresented } from './unrepresented.ts';
import { type WhenMade, whenMade } from './when-made.ts';

/** An objection that an agent brings for a person, once fingerprints were compared. Instants are milliseconds. */
export interface Brought {
  readonly status: Status;
  readonly birthFits: boolean;
  /** True where no card was given. */
  readonly cardFits: boolean;
  readonly madeOn: string;
  readonly importedAt: number;
  readonly receivedAt: number;
}

export type BroughtJudgement =
  /** It counts, as made at this instant (ISO). */
  | { readonly is: 'object'; readonly madeAt: string }
  /** The person has objected already, by whatever way: the same proof again. */
  | { readonly is: 'repeat'; readonly decidedBy: DecidedBy }
  /** NIR and birth date are not one person's: the agent is told no more than that. */
  | { readonly is: 'unknown' }
  /** Unlike a stranger an agent is told why. */
  | {
      readonly is: 'told';
      readonly reason:
        | 'card-mismatch'
        | 'not-guardian'
        | Exclude<WhenMade['is'], 'made'>
        | 'already-activated'
        | 'already-closed'
        | 'deceased'
        | 'deadline-passed';
    };

/**
 * Judges an objection without a code, by the day it was made: one proven in time reverses an opening (ENR-40). For a
 * minor nobody is heard while who gets his mail has lost his authority (MIN-2): by phone a parent names the child by
 * its own number as well, and nothing opens until another one may be informed.
 */
export function judgeBrought(brought: Brought): BroughtJudgement {
  const { status, birthFits, cardFits } = brought;
  if (!birthFits) return { is: 'unknown' };
  if (!cardFits) return { is: 'told', reason: 'card-mismatch' };
  if (isUnrepresented(status, brought.receivedAt)) return { is: 'told', reason: 'not-guardian' };
  const made = whenMade({ ...brought, department: status.department });
  if (made.is !== 'made') return { is: 'told', reason: made.is };
  if (status.status === 'opposed') return { is: 'repeat', decidedBy: status.decidedBy };
  const madeAt = new Date(made.at).toISOString();
  const may = mayObject(status, madeAt);
  if (may === 'object') return { is: 'object', madeAt };
  if (may === 'already-opposed') throw new Error('an objection that was not seen');
  return { is: 'told', reason: may };
}

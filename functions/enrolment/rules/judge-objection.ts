import type { Status } from '../stored.ts';
import type { CurrentCode } from '../stored-code.ts';
import { type Attempt, type Limits, type NotRecognised, recognise } from './judge-attempt.ts';
import { isExpired } from './last-instant.ts';
import { mayObject } from './may-object.ts';

/** An attempt to object. */
export interface Objection extends Attempt {
  /** Whether the request repeats the one that decided (same Idempotency-Key). */
  readonly repeats: boolean;
}

/** Why a person who gave the right NIR, card and code cannot object. */
export type Told =
  | 'already-activated'
  | 'already-opposed'
  | 'already-closed'
  /** Of a child: somebody said with its code that he is no legal representative; nothing opens meanwhile (ENR-23). */
  | 'child-blocked'
  | 'code-burnt'
  | 'code-used'
  | 'deadline-passed'
  | 'code-expired';

export type Judgement =
  /** The objection counts. */
  | { readonly is: 'object' }
  /** It had counted already: the same answer again. */
  | { readonly is: 'repeat' }
  /** Only who knows NIR, card and code learns the reason. */
  | { readonly is: 'told'; readonly reason: Told }
  | NotRecognised;

/** Judges an objection (ENR-40): who it is, then whether the opening can still be stopped. */
export function judge(objection: Objection, limits: Limits): Judgement {
  const who = recognise(objection, limits);
  return who.is === 'recognised' ? decide(objection, who.status, who.code) : who;
}

function decide(objection: Objection, status: Status, code: CurrentCode): Judgement {
  const told = (reason: Told): Judgement => ({ is: 'told', reason });
  const may = mayObject(status, objection.receivedAt);
  if (may === 'deceased') throw new Error('nobody is recognised as somebody who died');
  if (may === 'already-activated' || may === 'already-closed') return told(may);
  if (may === 'already-opposed') {
    if (objection.repeats) return { is: 'repeat' };
    // A code asked for since, to activate with.
    return told(code.usedAt ? 'code-used' : may);
  }
  // His code served to say so, and not to refuse.
  if (status.blocked && code.usedAt) return told('child-blocked');
  if (code.burntAt) return told('code-burnt');
  if (code.usedAt) return told('code-used');
  if (may === 'deadline-passed') return told(may);
  return isExpired(code, status, objection.receivedAt) ? told('code-expired') : { is: 'object' };
}

import type { Activated } from '../stored.ts';
import type { ClosedOwn } from './judge-closure.ts';

export type Reopened = Activated & { readonly reopenedAt: string };

/** A closed record as it was before its closure (ENR-44); a deletion that was asked for is forgotten. */
export function reopened(from: ClosedOwn, at: string): Reopened {
  const {
    closedAt: _c,
    motive: _m,
    closedAfter: _s,
    deleteFrom: _f,
    remindFrom: _r,
    remindedAt: _a,
    unreachedAt: _u,
    closing: _w,
    agentClosing: _g,
    ...kept
  } = from;
  if (kept.status === 'closed') return { ...kept, status: 'activated', reopenedAt: at };
  const { deletionRequestedAt: _d, ...rest } = kept;
  return { ...rest, status: 'activated', reopenedAt: at };
}

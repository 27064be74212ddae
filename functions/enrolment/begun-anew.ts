import { closedAfterTerm, type DeletionDelays, datesAsked } from './rules/deletion-delays.ts';
import { withoutCall } from './rules/judge-agent-closure.ts';
import { commonFields, Known, type Status } from './stored.ts';

/** When (ms) a state is taken up again, and the terms that begin anew. */
export interface TakingUp {
  readonly at: number;
  readonly delays: DeletionDelays;
  readonly termDays: number;
}

/**
 * A state that stood still for a while and is taken up again: what ran begins anew, since nobody could act meanwhile.
 * Who was invited is known only, and the next information brings its own deadline; a wish to delete gets its whole
 * cooling time, a suspension its whole term. A letter that was in print was kept back, so it is his no more.
 */
export function begunAnew(before: Status, { at, delays, termDays }: TakingUp): Status {
  const { letter: _letter, ...kept } = withoutCall(before);
  switch (kept.status) {
    // Free for a coming wave, by mail or by letter.
    case 'known':
    case 'invited': {
      const common = Object.entries(kept).filter(
        ([name]) => commonFields.has(name) && name !== 'wave',
      );
      return Known.parse({ ...Object.fromEntries(common), status: 'known' });
    }
    case 'suspended':
      return { ...kept, closeFrom: closedAfterTerm(at, termDays) };
    case 'deletion-requested': {
      const { remindedAt: _r, unreachedAt: _u, ...rest } = kept;
      return { ...rest, ...datesAsked(at, delays) };
    }
    case 'closed': {
      const { remindedAt: _r, unreachedAt: _u, ...rest } = kept;
      return rest;
    }
    default:
      return kept;
  }
}

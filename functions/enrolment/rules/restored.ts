import type { Deceased, Status } from '../stored.ts';
import { carried } from './carried.ts';
import { closedAfterTerm, type DeletionDelays, datesAsked } from './deletion-delays.ts';
import { withoutCall } from './judge-agent-closure.ts';
import { withoutWish } from './judge-child-closure.ts';

/** When and by which line a wrong death is taken back, and the terms that begin anew. */
export interface TakingBack {
  readonly reference: string;
  /** Milliseconds. */
  readonly at: number;
  readonly delays: DeletionDelays;
  readonly termDays: number;
}

/**
 * A record as it was before a death that was told wrongly (ENR-46), with what the insurer told since. What ran
 * begins anew, since nobody could act meanwhile: who was invited is known only, and the next information brings
 * its own deadline; a wish to delete gets its whole cooling time; a suspension its whole term. A letter that was in
 * print was kept back, so it is his no more.
 */
export function restored(from: Deceased, { reference, at, delays, termDays }: TakingBack): Status {
  const { holder, version, headSeq, headHash, department, wave, informBy } = from;
  const { cardTag, birthTag, leftAt } = from;
  const now = {
    ...{ holder, version, headSeq, headHash, department, informBy, cardTag, birthTag },
    deathTakenBack: { reference, at: new Date(at).toISOString() },
    ...carried(from),
    ...(leftAt === undefined ? {} : { leftAt }),
  };
  const {
    letter: _letter,
    leftAt: _left,
    child: _child,
    blocked: _b,
    ...before
  } = withoutCall(withoutWish(from.before));
  switch (before.status) {
    // Free for a coming wave, by mail or by letter.
    case 'known':
    case 'invited':
      return { ...now, status: 'known', ...lifeOf(before) };
    case 'suspended':
      return { ...before, ...now, ...waveOf(wave), closeFrom: closedAfterTerm(at, termDays) };
    case 'deletion-requested': {
      const { remindedAt: _r, unreachedAt: _u, ...kept } = before;
      return { ...kept, ...now, ...waveOf(wave), ...datesAsked(at, delays) };
    }
    case 'closed': {
      const { remindedAt: _r, unreachedAt: _u, ...kept } = before;
      return { ...kept, ...now, ...waveOf(wave) };
    }
    default:
      return { ...before, ...now, ...waveOf(wave) };
  }
}

const waveOf = (wave: string | undefined) => (wave === undefined ? {} : { wave });
const lifeOf = ({ life }: { life?: number | undefined }) => (life === undefined ? {} : { life });

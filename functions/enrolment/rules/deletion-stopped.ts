import type { Closed, DeletionRequested, Status } from '../stored.ts';
import { type DeletionDelays, datesKept } from './deletion-delays.ts';
import { guardiansOf } from './judge-child.ts';

/** Of whom a record's deletion waits that was only asked for: its guardians, also where a death was told meanwhile. */
export function whoMayStop(status: Status): readonly string[] | undefined {
  const cooling = status.status === 'deceased' ? status.before : status;
  if (!cooling.child || cooling.status !== 'deletion-requested') return undefined;
  return guardiansOf(cooling).map(({ holder }) => holder);
}

/**
 * A minor's record whose deletion was asked for, where nobody is left who may act for him and could take it back (MIN-2,
 * ENR-44): closed and nothing more, so it is kept its years from the closure on. Who asked has no right any more to have
 * it destroyed. Where a death was told, so it comes back if that was wrong. `acting`: guardians who may act by now.
 * Undefined where one is left, or no deletion waits: what has begun goes on.
 */
export function deletionStopped(
  status: Status,
  acting: ReadonlySet<string>,
  delays: DeletionDelays,
): Status | undefined {
  const guardians = whoMayStop(status);
  if (!guardians || guardians.some((one) => acting.has(one))) return undefined;
  if (status.status === 'deletion-requested') return onlyClosed(status, delays);
  if (status.status !== 'deceased' || status.before.status !== 'deletion-requested')
    return undefined;
  return { ...status, before: onlyClosed(status.before, delays) };
}

/** A reminder of this deletion is none of the end of the years; the wish that led to it is no more. */
function onlyClosed(from: DeletionRequested, delays: DeletionDelays): Closed {
  const { deletionRequestedAt: _d, remindedAt: _r, unreachedAt: _u, closing: _c, ...kept } = from;
  return { ...kept, status: 'closed', ...datesKept(Date.parse(from.closedAt), delays) };
}

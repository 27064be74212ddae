import type { Activated, Closed, DeletionRequested, Status } from '../stored.ts';
import type { Reopened } from './reopened.ts';
import { type Command, move } from './status.ts';

/** Closed by its holder, whether or not he asked for the deletion as well. */
export const isClosed = (status: Status): status is Closed | DeletionRequested =>
  status.status === 'closed' || status.status === 'deletion-requested';

/** A closed record that was its holder's own before: it can be opened again as it was. */
export type ClosedOwn = (Closed | DeletionRequested) &
  Pick<Activated, 'activatedAt' | 'linkTag' | 'conditions' | 'choices'>;

/** Whether a closed record had been activated; an agent may have closed one that only opened by itself. */
export const wasOwn = (status: Status): status is ClosedOwn =>
  isClosed(status) && status.activatedAt !== undefined;

export type ClosureCommand = Extract<Command, 'close' | 'request-deletion'>;

/**
 * What a wish to close asks of a record as it stands (ENR-42, ENR-43): its moves in order, none where all
 * that is asked was done before, undefined where there is nothing that the holder can close. To close
 * without asking for the deletion takes no deletion back: that is what reopening is for.
 */
export function judgeClosure(
  { status }: Pick<Status, 'status'>,
  { deletion }: { deletion: boolean },
): readonly ClosureCommand[] | undefined {
  const asked: readonly ClosureCommand[] = deletion ? ['close', 'request-deletion'] : ['close'];
  if (status === 'activated') return asked;
  if (status === 'closed') return asked.filter((one) => move(status, one) !== undefined);
  return status === 'deletion-requested' ? [] : undefined;
}

/** Closed once and reopened since: a wish to reopen that comes again finds it done (ENR-44). */
export const isReopened = (status: Status): status is Reopened =>
  status.status === 'activated' && status.reopenedAt !== undefined;

import type { Closed, Deleted, Deleting, DeletionRequested, Status } from '../stored.ts';

/** What a deletion does next with a record. */
export type DeletionStep =
  | { readonly is: 'remind' | 'begin'; readonly status: Closed | DeletionRequested }
  | { readonly is: 'finish'; readonly status: Deleting }
  | { readonly is: 'tell'; readonly status: Deleted };

/** When something is to be done next about a record's deletion (ISO); undefined where nothing is. */
export function nextDeletionAt(status: Status): string | undefined {
  switch (status.status) {
    case 'closed':
    case 'deletion-requested':
      return status.remindedAt === undefined ? status.remindFrom : status.deleteFrom;
    case 'deleting':
      return status.finishFrom;
    case 'deleted':
      return status.untold ? status.deletedAt : undefined;
    default:
      return undefined;
  }
}

/**
 * What is due of a record's deletion at an instant (ms), if anything (ENR-43, ENR-44): its holder is reminded,
 * then it begins, then it is finished, then the holder is told. Who was not reminded is not deleted.
 */
export function deletionStep(status: Status, now: number): DeletionStep | undefined {
  const at = nextDeletionAt(status);
  if (at === undefined || Date.parse(at) > now) return undefined;
  switch (status.status) {
    case 'closed':
    case 'deletion-requested':
      return { is: status.remindedAt === undefined ? 'remind' : 'begin', status };
    case 'deleting':
      return { is: 'finish', status };
    case 'deleted':
      return { is: 'tell', status };
    default:
      return undefined;
  }
}

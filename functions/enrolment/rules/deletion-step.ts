import type {
  Closed,
  Deceased,
  Deleted,
  Deleting,
  DeletionRequested,
  Opposed,
  Status,
  Suspended,
} from '../stored.ts';

/** What comes next, by the clock, on the way from a record's end to its deletion. */
export type DeletionStep =
  | { readonly is: 'close'; readonly status: Suspended }
  | { readonly is: 'remind'; readonly status: Closed | DeletionRequested }
  | { readonly is: 'begin'; readonly status: Closed | DeletionRequested | Deceased | Opposed }
  | { readonly is: 'finish'; readonly status: Deleting }
  | { readonly is: 'tell'; readonly status: Deleted }
  | { readonly is: 'end-trace'; readonly status: Deleted }
  | { readonly is: 'forget'; readonly status: Deleted };

/** Whether its holder was reminded, or nobody is there who could be. */
const isAnnounced = ({ remindedAt, unreachedAt }: Closed | DeletionRequested): boolean =>
  remindedAt !== undefined || unreachedAt !== undefined;

/** Until when something is kept for who objected: what came before the opening was reversed, and a DMP of before. */
function keptOpposed({ keptUntil, dmp }: Opposed): string | undefined {
  return [keptUntil, dmp?.deleteFrom]
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
}

/** When something is to be done next about a record's deletion (ISO); undefined where nothing is. */
export function nextDeletionAt(status: Status): string | undefined {
  switch (status.status) {
    case 'suspended':
      return status.objectedAt === undefined ? status.closeFrom : undefined;
    case 'deceased':
      return status.deleteFrom;
    case 'opposed':
      return keptOpposed(status);
    case 'closed':
    case 'deletion-requested':
      return isAnnounced(status) ? status.deleteFrom : status.remindFrom;
    case 'deleting':
      return status.finishFrom;
    case 'deleted':
      return status.untold
        ? (status.lastLetterUntil ?? status.deletedAt)
        : (status.forgetFrom ?? status.traceUntil);
    default:
      return undefined;
  }
}

/**
 * What is due of a record's deletion at an instant (ms), if anything (ENR-43 to ENR-46): a suspended record to
 * which its holder did not object is closed; of a closed one its holder is reminded,
 * then it begins, then it is finished, then the holder is told; so it is, unreminded, with what is archived of who
 * objected: his DMP, and what came in before a reversal (L1111-18). Who was not reminded is not deleted, unless there is nobody to remind. After ten years the trace ends (ENR-47): by a last line, and
 * when the journal holds none any more, the record is forgotten.
 */
export function deletionStep(status: Status, now: number): DeletionStep | undefined {
  const at = nextDeletionAt(status);
  if (at === undefined || Date.parse(at) > now) return undefined;
  switch (status.status) {
    case 'suspended':
      return { is: 'close', status };
    // There is nobody to remind, or nobody in whose record it stands.
    case 'deceased':
    case 'opposed':
      return { is: 'begin', status };
    case 'closed':
    case 'deletion-requested':
      return { is: isAnnounced(status) ? 'begin' : 'remind', status };
    case 'deleting':
      return { is: 'finish', status };
    case 'deleted':
      if (status.untold) return { is: 'tell', status };
      return { is: status.forgetFrom === undefined ? 'end-trace' : 'forget', status };
    default:
      return undefined;
  }
}

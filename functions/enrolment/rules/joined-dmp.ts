import type { Status } from '../stored.ts';

type Known = Status['dmp'];

/**
 * What a record that takes another in knows of DMPs from before (R1111-40, L1111-18, ENR-20): each stays under its own
 * name and key until it moves. Kept is since the earlier one, and of who objected nothing is erased before the later end.
 */
export function joinedDmp(first: Known, second: Known): Known {
  if (!first || !second) return first ?? second;
  const since = first.since < second.since ? first.since : second.since;
  const [deleteFrom] = [first.deleteFrom, second.deleteFrom]
    .flatMap((one) => one ?? [])
    .toSorted()
    .toReversed();
  return { since, ...(deleteFrom === undefined ? {} : { deleteFrom }) };
}

/**
 * What the record that had taken another in knows after a parting: its own again, with the end that an objection gave it
 * since, or one that was taken in since. A DMP of the other one is not its.
 */
export function ownDmp(
  own: Known,
  { now, other }: { readonly now: Known; readonly other: Known },
): Known {
  if (!own) return now?.since === other?.since ? undefined : now;
  const { deleteFrom } = now ?? own;
  return { since: own.since, ...(deleteFrom === undefined ? {} : { deleteFrom }) };
}

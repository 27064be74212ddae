import type { Status, Suspended } from '../stored.ts';

/** A suspended record whose holder objected (ENR-45): a supervisor is to decide. */
export type Contested = Suspended & { readonly objectedAt: string };

export const isContested = (status: Status | undefined): status is Contested =>
  status?.status === 'suspended' && status.objectedAt !== undefined;

/** What the list of those who wait for a decision has to follow. */
export interface Following {
  /** They wait from now on, or under another name. */
  readonly begin: readonly Contested[];
  /** They wait no more. */
  readonly end: readonly Contested[];
}

/**
 * What a change of one record, or of two that are joined or parted, means to the list: whatever state it leads to, who waits
 * stands there by the name of the record that he has now, and nobody else does.
 */
export function contestsFollow(
  before: readonly (Status | undefined)[],
  next: readonly Status[],
): Following {
  const [was, is] = [before.filter(isContested), next.filter(isContested)];
  const among = (some: readonly Contested[], one: Contested) =>
    some.find(({ suspension }) => suspension.reference === one.suspension.reference);
  return {
    begin: is.filter((one) => among(was, one)?.holder !== one.holder),
    end: was.filter((one) => !among(is, one)),
  };
}

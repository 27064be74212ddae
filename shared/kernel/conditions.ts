import { type Day, parisDay } from './calendar.ts';

/** A version of the conditions of use. */
export interface Conditions {
  readonly version: string;
  /** First day in Paris on which it stands; the latest that has begun counts. */
  readonly from: Day;
  /** Last day in Paris on which who accepted an earlier one may go on without accepting it. */
  readonly acceptUntil: Day;
}

/** The conditions that stand at an instant (ms); before the first have begun, the first. */
export function conditionsAt(versions: readonly [Conditions, ...Conditions[]], at: number) {
  const day = parisDay(at);
  return versions.findLast(({ from }) => from <= day) ?? versions[0];
}

/** How somebody who accepted a version stands: whether he is asked again, and whether nothing opens until he has. */
export function standingOf(
  accepted: string | undefined,
  { now, at }: { now: Conditions; at: number },
): { readonly mustAccept: boolean; readonly isOverdue: boolean } {
  const mustAccept = accepted !== undefined && accepted !== now.version;
  return { mustAccept, isOverdue: mustAccept && parisDay(at) > now.acceptUntil };
}

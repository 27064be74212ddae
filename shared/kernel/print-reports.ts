import type { Day } from './calendar.ts';
import { judgePostingDay, judgeReturnDay } from './posting-day.ts';

/** What a print shop tells of the posting of a batch. */
interface PostingReport {
  readonly postedOn: Day;
  readonly exceptions: readonly string[];
}

/** What it tells of letters that came back. */
interface ReturnReport {
  readonly returns: readonly {
    readonly reference: string;
    readonly returnedOn: Day;
    readonly reason: string;
  }[];
}

/** As a batch keeps them. */
interface Posting {
  readonly on: Day;
  readonly reportedAt: string;
  readonly exceptions: string[];
}
interface Returned {
  readonly reference: string;
  readonly on: Day;
  readonly reason: string;
}

/** What a batch keeps of a posting that was told at an instant (ms); each sheet once, in order. */
export const postingOf = (told: PostingReport, reportedAt: number): Posting => ({
  on: told.postedOn,
  reportedAt: new Date(reportedAt).toISOString(),
  exceptions: [...new Set(told.exceptions)].sort(),
});

/** Whether a report says what is kept already. */
export const isSamePosting = (kept: Posting, told: PostingReport): boolean =>
  kept.on === told.postedOn &&
  [...new Set(told.exceptions)].sort().join() === [...kept.exceptions].sort().join();

interface Printed {
  /** What stands on the sheets of the batch. */
  readonly printed: ReadonlySet<string>;
  /** Milliseconds. */
  readonly reportedAt: number;
}

/** Why a posting cannot have been as it is told; undefined where it can. */
export function postingFault(
  told: PostingReport,
  { printed, readyAt, reportedAt }: Printed & { readonly readyAt: string },
) {
  const verdict = judgePostingDay({ on: told.postedOn, readyAt: Date.parse(readyAt), reportedAt });
  if (verdict !== 'possible') return verdict;
  return told.exceptions.every((one) => printed.has(one)) ? undefined : 'unknown-reference';
}

/** Why a letter cannot have come back as it is told: it was never posted, or on no such day. */
export function returnFault(
  told: ReturnReport,
  { printed, posting, reportedAt }: Printed & { readonly posting: Posting },
) {
  for (const { reference, returnedOn: on } of told.returns) {
    if (!printed.has(reference) || posting.exceptions.includes(reference))
      return 'unknown-reference';
    const verdict = judgeReturnDay({ on, postedOn: posting.on, reportedAt });
    if (verdict !== 'possible') return verdict;
  }
  return undefined;
}

/** The returns of a batch with those of a report that were not told before, each once; undefined where none is new. */
export function withReturns(kept: readonly Returned[], told: ReturnReport): Returned[] | undefined {
  const known = new Set(kept.map((one) => one.reference));
  const fresh = new Map(
    told.returns
      .filter((one) => !known.has(one.reference))
      .map(({ reference, returnedOn: on, reason }) => [reference, { reference, on, reason }]),
  );
  return fresh.size === 0 ? undefined : [...kept, ...fresh.values()];
}

import type { Counter } from '../schema-counters.ts';

/** A page of a département's counters, which stand in the order of their ids; `next` where more follow. */
export function countersPage(
  all: readonly Counter[],
  { department, after, limit }: { department: string; after?: string | undefined; limit: number },
): { counters: Counter[]; next: string | undefined } {
  const following = all.filter(
    (one) => one.department === department && (after === undefined || one.id > after),
  );
  const counters = following.slice(0, limit);
  return { counters, next: following.length > limit ? counters.at(-1)?.id : undefined };
}

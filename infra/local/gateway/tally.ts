/** Which answers each route has given: so that it can be said which were never tried. */
export interface Tally {
  note(route: string, status: number): void;
  list(): readonly { readonly route: string; readonly statuses: readonly number[] }[];
}

/** Routes are named `GET /room/things/{thing}`. */
export function createTally(): Tally {
  const seen = new Map<string, Set<number>>();
  return {
    note(route, status) {
      seen.set(route, (seen.get(route) ?? new Set()).add(status));
    },
    list: () => [...seen].map(([route, statuses]) => ({ route, statuses: [...statuses] })),
  };
}

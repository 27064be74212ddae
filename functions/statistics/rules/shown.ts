import { type Cell, divisionOf, type Moment, parentOf } from './moments.ts';

/** A cell as an edition shows it: a number with the edition that it is of, or neither. */
export interface Shown {
  readonly path: string;
  readonly value?: number | undefined;
  readonly asOf?: string | undefined;
}

/**
 * What an edition shows, from the top down: what is told now, and of the rest what was shown last with the
 * edition that it is of. So whether an old number stands there says nothing of the new one. What was never
 * told is hidden, and so is everything below it; below nobody nothing is listed.
 */
export function shownOf(
  moment: Moment,
  root: Cell,
  before: {
    readonly shown: readonly Shown[];
    readonly latest: ReadonlyMap<string, Omit<Shown, 'path'>>;
  },
): Shown[] {
  const formerly = new Map<string, Shown[]>();
  for (const one of before.shown) {
    const parent = parentOf(divisionOf(one.path));
    formerly.set(parent, [...(formerly.get(parent) ?? []), one]);
  }
  const shown: Shown[] = [];
  const keep = (one: Shown): void => {
    shown.push(one);
    for (const below of formerly.get(one.path) ?? []) keep(below);
  };
  const show = ({ path, value, divisions }: Cell): void => {
    if (!moment.told.has(path)) keep({ path, ...before.latest.get(path) });
    else {
      shown.push({ path, value, asOf: moment.id });
      if (value !== 0) for (const child of divisions.flat()) show(child);
    }
  };
  show(root);
  return shown;
}

/** What an edition told, from what it shows: the numbers of its own. */
export function toldBy(edition: string, shown: readonly Shown[]): Moment {
  const told = new Map<string, number>();
  for (const { path, value, asOf } of shown)
    if (asOf === edition && value !== undefined) told.set(path, value);
  const divisions = Map.groupBy(
    shown.filter(({ path }) => path !== 'all' && told.has(parentOf(divisionOf(path)))),
    ({ path }) => divisionOf(path),
  );
  const withheld = new Map(
    [...divisions].map(([name, cells]) => {
      const paths = new Set(cells.flatMap(({ path }) => (told.has(path) ? [] : [path])));
      const known = cells.reduce((sum, { path }) => sum + (told.get(path) ?? 0), 0);
      return [name, { paths, sum: (told.get(parentOf(name)) ?? 0) - known }] as const;
    }),
  );
  return { id: edition, told, withheld };
}

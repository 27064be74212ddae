import { type Cell, divisionOf, type History, type Moment, type Withheld } from './moments.ts';

/** The smallest number of people that may be told, and the smallest change. */
export const least = 11;

/** Whether a change would tell of a few people. */
export const isSmall = (change: number): boolean => change !== 0 && Math.abs(change) < least;

/**
 * What may be told of a moment, given all that was told before.
 *
 * From the top down: a cell is told if it is not under eleven, if it differs from whatever it was ever
 * told with by nothing or by eleven at least, and if the cell above it is told. Of each division of a told
 * cell the untold cells are none or several, together eleven at least; and wherever a former moment told
 * enough to work out by how much a group of them changed, that is nothing or eleven at least. Until this
 * holds, the smallest told cell is withheld as well; where it never does, the whole division is.
 *
 * Why nothing small can be worked out. Of one moment the numbers told are a tree from the top down, so all
 * that binds the untold cells of a division is their sum S, and nothing below them is told: each may be
 * anything from 0 to S, and S is eleven at least (where all cells of a division are untold, S is the told
 * number of the cell above). No equation holds between numbers of two moments, so a change of a cell is
 * known only if the cell was told at both, and then it is not small; else it may be anything from -S' to S,
 * which holds 0 and numbers past ten. A change of a group is known only where the group takes in the
 * untold cells of either moment whole; the smallest such groups are those that are looked at here, also
 * for somebody who knows which of the cells are empty.
 *
 * Of two equal cells the one whose name comes first is withheld: names are public, so the choice tells
 * nothing. That the smallest is chosen does tell something: see what is not claimed in ARCHITECTURE.
 */
export function momentOf(id: string, root: Cell, history: History): Moment {
  const told = new Map<string, number>();
  const withheld = new Map<string, Withheld>();
  const tell = (cell: Cell): void => {
    told.set(cell.path, cell.value);
    // Whatever is below nobody is nobody: it needs no saying.
    if (cell.value === 0) return;
    for (const division of cell.divisions) {
      const untold = untoldOf(cell, division, history);
      const paths = new Set([...untold].map(({ path }) => path));
      withheld.set(nameOf(division), { paths, sum: sumOf(untold) });
      for (const child of division) if (!untold.has(child)) tell(child);
    }
  };
  if (root.value === 0 ? hasMovedOn(root, history) : mayBeTold(root, history)) tell(root);
  return { id, told, withheld };
}

const nameOf = ([first]: readonly Cell[]): string => divisionOf(first?.path ?? '');

function sumOf(cells: Iterable<Cell>): number {
  let sum = 0;
  for (const { value } of cells) sum += value;
  return sum;
}

/**
 * Whether no small change shows in a cell by itself: against every number that it was told with, and
 * against what its parts were last told with.
 */
function hasMovedOn({ path, value }: Cell, history: History): boolean {
  const former = history.ever.get(path) ?? [];
  const parts = history.parts.get(path)?.values() ?? [];
  return ![...former, ...parts].some((one) => isSmall(value - one));
}

/** Whether a cell may be told by itself, even if nothing of its parts is. */
function mayBeTold(cell: Cell, history: History): boolean {
  if (cell.value < least || !hasMovedOn(cell, history)) return false;
  return cell.divisions.every((division) =>
    isSafe(cell, { division, untold: new Set(division), history }),
  );
}

/** The cells of a division that are not told. */
function untoldOf(parent: Cell, division: readonly Cell[], history: History): Set<Cell> {
  const untold = new Set(division.filter((cell) => !mayBeTold(cell, history)));
  const rest = division.filter((cell) => !untold.has(cell)).toSorted(smallestFirst);
  for (const next of rest) {
    if (isSafe(parent, { division, untold, history })) return untold;
    untold.add(next);
  }
  return untold;
}

const smallestFirst = (a: Cell, b: Cell): number => a.value - b.value || (a.path < b.path ? -1 : 1);

interface Choice {
  readonly division: readonly Cell[];
  readonly untold: ReadonlySet<Cell>;
  readonly history: History;
}

function isSafe(parent: Cell, { division, untold, history }: Choice): boolean {
  const sum = sumOf(untold);
  const hidesFew = untold.size === 1 || (untold.size > 1 && sum < least);
  // Where nothing of it is told, they are the parent, and may be one.
  if (hidesFew && untold.size < division.length) return false;
  const shown = [...untold].map(({ path }) => history.latest.get(path)?.value ?? 0);
  if (isSmall(sum - shown.reduce((all, one) => all + one, 0))) return false;
  const name = nameOf(division);
  const now = new Map(division.map(({ path, value }) => [path, value]));
  const paths = new Set([...untold].map(({ path }) => path));
  // That nobody is there now and never was told to be, others may know: then it hides nothing.
  const empty = new Set(
    division.flatMap(({ path, value }) =>
      value === 0 && !history.ever.get(path)?.some((former) => former !== 0) ? [path] : [],
    ),
  );
  return history.moments.every((former) => {
    const then = former.told.has(parent.path) ? former.withheld.get(name) : undefined;
    if (!then) return true;
    const inhabited = { paths: without(then.paths, empty), sum: then.sum };
    const changes = [
      ...changesOf({ now, paths }, then, former),
      ...changesOf({ now, paths: without(paths, empty) }, inhabited, former),
    ];
    return changes.every((change) => !isSmall(change));
  });
}

const without = (paths: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> =>
  new Set([...paths].filter((path) => !others.has(path)));

/**
 * By how much the smallest groups changed that can be worked out from two moments: where the untold cells
 * of both overlap, all of them together; else those of each moment by themselves.
 */
function changesOf(
  { now, paths }: { now: ReadonlyMap<string, number>; paths: ReadonlySet<string> },
  then: Withheld,
  former: Moment,
): number[] {
  const gone = [...then.paths].filter((path) => !paths.has(path));
  const come = [...paths].filter((path) => !then.paths.has(path));
  // What was told then, or was not there then: nobody.
  const cameFrom = sumAt(former.told, come);
  if (gone.length === then.paths.size)
    return [sumAt(now, then.paths) - then.sum, sumAt(now, paths) - cameFrom];
  return [sumAt(now, paths) + sumAt(now, gone) - then.sum - cameFrom];
}

function sumAt(values: ReadonlyMap<string, number>, paths: Iterable<string>): number {
  let sum = 0;
  for (const path of paths) sum += values.get(path) ?? 0;
  return sum;
}

import {
  type Cell,
  divisionOf,
  type Moment,
  parentOf,
} from '#functions/statistics/rules/moments.ts';

/** What the attacker knows before: which cells there are, and how they are divided. */
export interface Shape {
  readonly paths: readonly string[];
  /** Cells by the name of their division. */
  readonly divisions: ReadonlyMap<string, readonly string[]>;
}

export function shapeOf(root: Cell): Shape {
  const paths: string[] = [];
  const divisions = new Map<string, string[]>();
  const walk = (cell: Cell): void => {
    paths.push(cell.path);
    for (const division of cell.divisions) {
      const names = division.map(({ path }) => path);
      divisions.set(divisionOf(names[0] ?? ''), names);
      for (const child of division) walk(child);
    }
  };
  walk(root);
  return { paths, divisions };
}

/** A linear form over the cells that were not told, and a constant: what it is equal to. */
interface Row {
  readonly terms: Map<string, number>;
  rest: number;
}

function addTo(row: Row, path: string, by: number): void {
  const sum = (row.terms.get(path) ?? 0) + by;
  if (sum === 0) row.terms.delete(path);
  else row.terms.set(path, sum);
}

export interface Knowledge {
  /** The sum of some cells, where it can be worked out. */
  sumOf(paths: readonly string[]): number | undefined;
  /** Between which numbers a cell must lie. */
  rangeOf(path: string): readonly [number, number];
}

/** The equations of one moment, by exact elimination within whole numbers. */
export function knowledgeOf(shape: Shape, { told }: Pick<Moment, 'told'>): Knowledge {
  const form = (terms: readonly (readonly [string, number])[]): Row => {
    const row: Row = { terms: new Map(), rest: 0 };
    for (const [path, by] of terms) {
      const value = told.get(path);
      if (value === undefined) addTo(row, path, by);
      else row.rest += by * value;
    }
    return row;
  };
  const pivots = new Map<string, Row>();
  /** Takes the pivots out of a form. */
  const reduce = (row: Row): Row => {
    for (const [path, by] of [...row.terms]) {
      const pivot = pivots.get(path);
      if (!pivot) continue;
      for (const [other, factor] of pivot.terms) addTo(row, other, -by * factor);
      row.rest -= by * pivot.rest;
    }
    return row;
  };
  for (const [division, children] of shape.divisions) {
    const row = reduce(
      form([[parentOf(division), 1], ...children.map((path) => [path, -1] as const)]),
    );
    const [first] = row.terms;
    if (!first) continue;
    const [path, lead] = first;
    // The matrix of a tree is totally unimodular: its elimination stays within whole numbers.
    if (Math.abs(lead) !== 1) throw new Error('not unimodular');
    const pivot: Row = { terms: new Map(), rest: row.rest / lead };
    for (const [other, by] of row.terms) pivot.terms.set(other, by / lead);
    for (const before of pivots.values()) {
      const by = before.terms.get(path);
      if (by === undefined) continue;
      for (const [other, factor] of pivot.terms) addTo(before, other, -by * factor);
      before.rest -= by * pivot.rest;
    }
    pivots.set(path, pivot);
  }
  const ranges = rangesOf(shape, told);
  return {
    sumOf: (paths) => {
      const row = reduce(form(paths.map((path) => [path, 1] as const)));
      return row.terms.size === 0 ? row.rest : undefined;
    },
    rangeOf: (path) => ranges.get(path) ?? [0, Number.POSITIVE_INFINITY],
  };
}

/** Bounds of each cell, from the told ones and from nothing being negative, until nothing tightens. */
function rangesOf(shape: Shape, told: ReadonlyMap<string, number>) {
  const ranges = new Map<string, readonly [number, number]>();
  for (const path of shape.paths) {
    const value = told.get(path);
    ranges.set(path, value === undefined ? [0, Number.POSITIVE_INFINITY] : [value, value]);
  }
  const of = (path: string) => ranges.get(path) ?? [0, Number.POSITIVE_INFINITY];
  const tighten = (path: string, low: number, high: number): boolean => {
    const [was, most] = of(path);
    const next = [Math.max(was, low), Math.min(most, high)] as const;
    ranges.set(path, next);
    return next[0] !== was || next[1] !== most;
  };
  for (let moves = true; moves; ) {
    moves = false;
    for (const [division, children] of shape.divisions) {
      const parent = parentOf(division);
      const low = children.reduce((sum, path) => sum + of(path)[0], 0);
      const high = children.reduce((sum, path) => sum + of(path)[1], 0);
      if (tighten(parent, low, high)) moves = true;
      for (const path of children) {
        const others = children.filter((other) => other !== path);
        const least = others.reduce((sum, other) => sum + of(other)[0], 0);
        const most = others.reduce((sum, other) => sum + of(other)[1], 0);
        const [from, to] = of(parent);
        if (tighten(path, from - most, to - least)) moves = true;
      }
    }
  }
  return ranges;
}

const within = (low: number, high: number) =>
  (low >= 1 && high <= 10) || (low >= -10 && high <= -1);
const isSmall = (value: number | undefined) => value !== undefined && within(value, value);

function* subsets<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let mask = 1; mask < 2 ** all.length; mask++)
    yield all.filter((_, at) => (mask & (2 ** at)) !== 0);
}

/**
 * Looks in all that was ever published for what tells of one to ten people: a cell or a group, the change of a cell
 * between any two moments, the change of a group of cells of a division that cannot be cut smaller, and
 * what a cell has more or less than its parts were last told with.
 */
export function attack(shape: Shape, moments: readonly Pick<Moment, 'id' | 'told'>[]): string[] {
  const finds: string[] = [];
  const known = moments.map((moment) => ({ id: moment.id, ...knowledgeOf(shape, moment) }));
  for (const { id, sumOf, rangeOf } of known) {
    for (const path of shape.paths) {
      const [low, high] = rangeOf(path);
      if (isSmall(sumOf([path])) || within(low, high)) finds.push(`cell ${path} at ${id}`);
    }
    for (const children of shape.divisions.values())
      for (const group of subsets(children))
        if (group.length > 1 && isSmall(sumOf(group)))
          finds.push(`sum of ${group.join(' + ')} at ${id}`);
  }
  known.forEach((then, at) => {
    for (const now of known.slice(at + 1)) {
      const when = `from ${then.id} to ${now.id}`;
      for (const path of shape.paths) {
        const [[low, high], [before, until]] = [now.rangeOf(path), then.rangeOf(path)];
        if (within(low - until, high - before)) finds.push(`change of ${path} ${when}`);
      }
      const change = (group: readonly string[]) => {
        const [last, first] = [now.sumOf(group), then.sumOf(group)];
        return last === undefined || first === undefined ? undefined : last - first;
      };
      for (const children of shape.divisions.values())
        for (const group of subsets(children)) {
          const smaller = [...subsets(group)].slice(0, -1);
          if (!isSmall(change(group)) || smaller.some((one) => change(one) !== undefined)) continue;
          finds.push(`change of ${group.join(' + ')} ${when}`);
        }
    }
  });
  return [...finds, ...remainders(shape, moments)];
}

function remainders(shape: Shape, moments: readonly Pick<Moment, 'id' | 'told'>[]): string[] {
  const latest = new Map<string, number>();
  const finds: string[] = [];
  for (const { id, told } of moments) {
    for (const [path, value] of told) latest.set(path, value);
    for (const [division, children] of shape.divisions) {
      const whole = told.get(parentOf(division));
      const shown = children.flatMap((path) => latest.get(path) ?? []);
      if (whole === undefined || whole === 0 || shown.length === 0) continue;
      if (isSmall(whole - shown.reduce((sum, one) => sum + one, 0)))
        finds.push(`what ${division} leaves over at ${id}`);
    }
  }
  return finds;
}

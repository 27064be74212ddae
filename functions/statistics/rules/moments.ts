/** A cell of what may be published: its true number, and the ways in which it is divided. */
export interface Cell {
  /** Names from the top down: `all/situation:open/department:12/wave:w1`. */
  readonly path: string;
  readonly value: number;
  /** Each division is of the whole: its cells add up to this one. */
  readonly divisions: readonly (readonly Cell[])[];
}

/** Of a division at a moment: which cells were not told, and what they were together (that can be worked out). */
export interface Withheld {
  readonly paths: ReadonlySet<string>;
  readonly sum: number;
}

/** What was told of one moment: all that can be known of the numbers as they stood then. */
export interface Moment {
  readonly id: string;
  readonly told: ReadonlyMap<string, number>;
  /** By the name of the division; only divisions of told cells are here. */
  readonly withheld: ReadonlyMap<string, Withheld>;
}

/** All that was ever told, in the order of its moments. */
export interface History {
  readonly moments: readonly Moment[];
  /** Every number that a cell was ever told with. */
  readonly ever: ReadonlyMap<string, readonly number[]>;
  /** The number and the moment that a cell was told with last. */
  readonly latest: ReadonlyMap<string, { readonly value: number; readonly asOf: string }>;
  /** By path: what its parts were last told with, added up, of each division of which any was. */
  readonly parts: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const before = (text: string, mark: string): string =>
  text.slice(0, Math.max(0, text.lastIndexOf(mark)));

/** The name of the division that a cell stands in: its path without its own name. */
export const divisionOf = (path: string): string => before(path, ':');

/** The path of the cell that a division divides. */
export const parentOf = (division: string): string => before(division, '/');

/** What was ever told, ready to be asked. */
export function historyOf(moments: readonly Moment[]): History {
  const ever = new Map<string, number[]>();
  const latest = new Map<string, { value: number; asOf: string }>();
  for (const { id, told } of moments)
    for (const [path, value] of told) {
      const values = ever.get(path);
      if (values) values.push(value);
      else ever.set(path, [value]);
      latest.set(path, { value, asOf: id });
    }
  const parts = new Map<string, Map<string, number>>();
  for (const [path, { value }] of latest) {
    const division = divisionOf(path);
    const sums = parts.get(parentOf(division)) ?? new Map<string, number>();
    sums.set(division, (sums.get(division) ?? 0) + value);
    parts.set(parentOf(division), sums);
  }
  return { moments, ever, latest, parts };
}

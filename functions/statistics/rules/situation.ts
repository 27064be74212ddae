import { departments } from '#shared/kernel/departments.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import { noWave, unknown } from '../rules.ts';
import type { Cell } from './moments.ts';

/** In which of these a record stands is what is published: each stands in one. */
export const situations = [
  'not-informed',
  'waiting',
  'opposed',
  'open',
  'activated',
  'closed',
] as const;
export type Situation = (typeof situations)[number];

const situationOf: Readonly<Record<StatusWord, Situation>> = {
  known: 'not-informed',
  invited: 'waiting',
  opposed: 'opposed',
  open: 'open',
  activated: 'activated',
  suspended: 'closed',
  closed: 'closed',
  'deletion-requested': 'closed',
  deleting: 'closed',
  deleted: 'closed',
  deceased: 'closed',
};

/** Counters of a place, as they are kept: `status.<word>`. */
type Counters = Readonly<Record<string, number>>;

/** How many records of a place stand in a situation. */
export function standingIn(situation: Situation, counters: Counters): number {
  return Object.entries(situationOf)
    .filter(([, own]) => own === situation)
    .reduce((sum, [word]) => sum + (counters[`status.${word}`] ?? 0), 0);
}

export interface Named {
  readonly name: string;
  readonly counters: Counters;
}

/** The counters of which an edition is made: each of the three kinds counts every record once. */
export interface Counted {
  /** Named `<wave>#<département>`. */
  readonly places: readonly Named[];
  readonly cohorts: readonly Named[];
  readonly channels: readonly Named[];
}

/** Who was born before this decade is told with its people: of the eldest there are few. */
const eldest = 1910;
const decades = (year: number): string[] =>
  Array.from({ length: Math.floor((year - eldest) / 10) + 2 }, (_, at) =>
    String(eldest - 10 + 10 * at),
  );

/**
 * What may be published, as cells with their true numbers: all, by situation; each situation by
 * département and within it by wave, by decade of birth, and by channel of information. The names of a
 * division do not depend on anybody's state: all départements, all decades up to a year, and of the waves
 * those that informed people in the département; `none` gathers whoever is of no such wave.
 */
export function treeOf(counted: Counted, year: number): Cell {
  const cells = situations.map((situation) => {
    const path = `all/situation:${situation}`;
    const divided = (dimension: string, names: readonly string[], of: (name: string) => number) =>
      names.map((name) => leaf(`${path}/${dimension}:${name}`, of(name)));
    const of = (some: readonly Named[], name: string, fold = (own: string) => own) =>
      sumOf(
        situation,
        some.filter((one) => fold(one.name) === name),
      );
    const byDepartment = departments.map((department) =>
      departmentOf(`${path}/department:${department}`, situation, counted.places, department),
    );
    const years = decades(year);
    return cellOf(path, [
      byDepartment,
      divided('cohort', [...years, unknown], (name) =>
        of(counted.cohorts, name, cohortTold(years)),
      ),
      divided('channel', ['mail', 'letter', unknown], (name) => of(counted.channels, name)),
    ]);
  });
  return cellOf('all', [cells]);
}

const cohortTold = (years: readonly string[]) => (name: string) =>
  years.includes(name) || name === unknown ? name : String(eldest - 10);

function departmentOf(
  path: string,
  situation: Situation,
  places: readonly Named[],
  department: string,
): Cell {
  const here = places.filter(({ name }) => name.split('#')[1] === department);
  const waveOf = ({ name, counters }: Named) =>
    (counters['acts.invited'] ?? 0) + (counters['acts.deferred'] ?? 0) > 0
      ? (name.split('#')[0] ?? noWave)
      : noWave;
  const waves = new Set([...here.map(waveOf), noWave]);
  const byWave = [...waves].toSorted().map((wave) =>
    leaf(
      `${path}/wave:${wave}`,
      sumOf(
        situation,
        here.filter((one) => waveOf(one) === wave),
      ),
    ),
  );
  return cellOf(path, [byWave]);
}

const sumOf = (situation: Situation, some: readonly Named[]): number =>
  some.reduce((sum, { counters }) => sum + standingIn(situation, counters), 0);

const leaf = (path: string, value: number): Cell => ({ path, value, divisions: [] });

function cellOf(path: string, divisions: readonly (readonly Cell[])[]): Cell {
  const [first = []] = divisions;
  return { path, value: first.reduce((sum, { value }) => sum + value, 0), divisions };
}

/** The situations alone, from what changed on all days up to one. */
export function nationalOf(counters: Counters): Cell {
  const cells = situations.map((situation) =>
    leaf(`all/situation:${situation}`, standingIn(situation, counters)),
  );
  return cellOf('all', [cells]);
}

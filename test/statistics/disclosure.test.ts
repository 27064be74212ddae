import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { momentOf } from '#functions/statistics/rules/disclosure.ts';
import { type Cell, historyOf, type Moment } from '#functions/statistics/rules/moments.ts';
import { attack, shapeOf } from './attack.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const cell = (path: string, value: number, ...divisions: (readonly Cell[])[]): Cell => ({
  ...{ path, value, divisions },
});
/** One division of the whole. */
const flat = (...values: readonly number[]): Cell =>
  cell(
    'all',
    sum(values),
    values.map((value, at) => cell(`all/part:${'abcdefgh'[at]}`, value)),
  );

/** What is told of numbers that follow one another. */
function published(roots: readonly Cell[], tell = momentOf): Moment[] {
  const moments: Moment[] = [];
  for (const [at, root] of roots.entries())
    moments.push(tell(`e${at + 1}`, root, historyOf(moments)));
  return moments;
}
/** Of each edition, the parts that are told by their letters. */
const toldOf = (...roots: readonly Cell[]) =>
  published(roots).map(({ told }) =>
    [...told].map(([path, value]) => `${path.split(':')[1] ?? 'all'} ${value}`).join(', '),
  );

describe('what of one edition is told', () => {
  test.each([
    ['eleven and more', [11, 12], 'all 23, a 11, b 12'],
    ['one of ten takes the next smallest with it', [10, 40, 30], 'all 80, b 40'],
    ['nobody is no better than ten', [0, 40, 30], 'all 70, b 40'],
    ['two that are ten together take a third with them', [5, 5, 30, 40], 'all 80, d 40'],
    ['two that are eleven together hide each other', [5, 6, 30, 40], 'all 81, c 30, d 40'],
    ['nothing is left over of two', [10, 40], 'all 50'],
    ['of two equal ones the first by name goes', [10, 30, 30], 'all 70, c 30'],
    ['ten in all are not told', [10], ''],
    ['eleven in all', [11], 'all 11, a 11'],
    ['nobody at all is told, and so is what is below', [0, 0], 'all 0'],
  ])('%s', (_what, values, expected) => {
    expect(toldOf(flat(...values))).toEqual([expected]);
  });

  test('below what is not told nothing is told', () => {
    const deep = (path: string, ...values: number[]) =>
      cell(
        path,
        sum(values),
        values.map((value, at) => cell(`${path}/wave:w${at}`, value)),
      );
    const root = cell('all', 110, [
      deep('all/part:a', 4, 6),
      deep('all/part:b', 20, 20),
      deep('all/part:c', 30, 30),
    ]);
    const [moment] = published([root]);
    expect([...(moment?.told.keys() ?? [])]).toEqual([
      ...['all', 'all/part:c', 'all/part:c/wave:w0', 'all/part:c/wave:w1'],
    ]);
  });
});

describe('what of a later edition is told', () => {
  test.each([
    ['a change of eleven', [50, 60], [61, 71], 'all 132, a 61, b 71'],
    ['no change', [50, 60], [50, 60], 'all 110, a 50, b 60'],
    ['a change of ten is not, nor one beside it', [50, 60, 70], [60, 80, 90], 'all 230, c 90'],
    ['nor eleven that would tell of ten', [50, 60], [60, 82], 'all 142'],
    [
      'a whole that changed by eleven lets its parts speak',
      [50, 60],
      [30, 91],
      'all 121, a 30, b 91',
    ],
    ['a whole that changed by ten keeps all', [50, 60], [30, 90], ''],
    [
      'parts that come out of hiding do not tell how they changed together',
      [10, 20, 50, 90],
      [12, 22, 70, 120],
      'all 224, d 120',
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(toldOf(flat(...before), flat(...after))[1]).toBe(expected);
  });

  test('a number is held against every former one, not only the last', () => {
    const root = (a: number) => flat(a, 500 - 2 * a, 300 + a);
    expect(toldOf(root(50), root(80), root(55))[2]).not.toContain('a 55');
    expect(toldOf(root(50), root(80), root(50))[2]).toContain('a 50');
  });
});

/** Sizes of three situations by département, wave and decade. */
const dimensions = { situations: 3, departments: 3, waves: 2, cohorts: 2 } as const;
const size = 3 * 3 * 2 * 2;
type Town = readonly number[];

function treeOf(town: Town): Cell {
  const people = town.map((count, at) => ({
    count,
    situation: at % 3,
    department: Math.floor(at / 3) % 3,
    wave: Math.floor(at / 9) % 2,
    cohort: Math.floor(at / 18),
  }));
  type Group = (typeof people)[number];
  const of = (some: readonly Group[], by: keyof Group, value: number) =>
    some.filter((one) => one[by] === value);
  const total = (some: readonly Group[]) => sum(some.map(({ count }) => count));
  const range = (length: number) => Array.from({ length }, (_, at) => at);
  const divided = (
    path: string,
    some: readonly Group[],
    by: 'department' | 'wave' | 'cohort' | 'situation',
    below: (path: string, some: readonly Group[]) => (readonly Cell[])[] = () => [],
  ): Cell[] =>
    range(dimensions[`${by}s`]).map((value) => {
      const own = of(some, by, value);
      const name = `${path}/${by}:${value}`;
      return cell(name, total(own), ...below(name, own));
    });
  const waves = (path: string, some: readonly Group[]) => [divided(path, some, 'wave')];
  const inside = (path: string, some: readonly Group[]) => [
    divided(path, some, 'department', waves),
    divided(path, some, 'cohort'),
  ];
  return cell('all', total(people), divided('all', people, 'situation', inside));
}

const count = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 4, arbitrary: fc.integer({ min: 13, max: 80 }) },
);
const change = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: -12, max: 12 }) },
  { weight: 2, arbitrary: fc.integer({ min: -60, max: 60 }) },
);
const of = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: size, maxLength: size });
/** Towns that follow one another: some numbers move a little, some much, most not. */
const towns = fc
  .record({ first: of(count), moves: fc.array(of(change), { maxLength: 4 }) })
  .map(({ first, moves }) => {
    const all: Town[] = [first];
    for (const move of moves)
      all.push((all.at(-1) ?? first).map((was, at) => Math.max(0, was + (move[at] ?? 0))));
    return all;
  });
const shape = shapeOf(treeOf(Array.from({ length: size }, () => 1)));

test('whoever takes all numbers of all editions together learns of no one to ten people', () => {
  let cells = 0;
  let kept = 0;
  fc.assert(
    fc.property(towns, (all) => {
      const moments = published(all.map(treeOf));
      for (const { told } of moments) cells += told.size;
      kept += moments.length * shape.paths.length;
      expect(attack(shape, moments)).toEqual([]);
    }),
    { numRuns: 1000, seed: 11 },
  );
  // It is no art to tell nothing: a good part is told.
  expect(cells / kept).toBeGreaterThan(0.1);
});

test('the numbers that are told are the true ones', () => {
  fc.assert(
    fc.property(towns, (all) => {
      const roots = all.map(treeOf);
      published(roots).forEach(({ told }, at) => {
        const truth = new Map<string, number>();
        const walk = ({ path, value, divisions }: Cell): void => {
          truth.set(path, value);
          for (const child of divisions.flat()) walk(child);
        };
        walk(roots[at] ?? flat());
        for (const [path, value] of told) expect(value).toBe(truth.get(path));
      });
    }),
    { numRuns: 50, seed: 12 },
  );
});

describe('the attacker finds what careless publishers give away', () => {
  /** Hides what is under eleven and nothing else; tells what `also` lets pass. */
  const careless =
    (
      also: (
        cell: Cell,
        parent: Cell | undefined,
        history: ReturnType<typeof historyOf>,
      ) => boolean,
    ) =>
    (id: string, root: Cell, history: ReturnType<typeof historyOf>): Moment => {
      const told = new Map<string, number>();
      const walk = (one: Cell, parent?: Cell): void => {
        if (!also(one, parent, history)) return;
        told.set(one.path, one.value);
        for (const child of one.divisions.flat()) walk(child, one);
      };
      walk(root);
      return { id, told, withheld: new Map() };
    };
  const findsOf = (tell: typeof momentOf, ...roots: Cell[]) => {
    const [first = flat()] = roots;
    return attack(shapeOf(first), published(roots, tell));
  };

  test('a single hidden cell', () => {
    const tell = careless(({ value }) => value >= 11);
    expect(findsOf(tell, flat(10, 40, 30))).toContain('cell all/part:a at e1');
  });

  test('two hidden cells that are few together', () => {
    const tell = careless(({ value }) => value >= 11);
    expect(findsOf(tell, flat(1, 0, 30))).toContain('sum of all/part:a + all/part:b at e1');
    expect(findsOf(tell, flat(5, 6, 30))).toEqual([]);
  });

  test('a cell below a hidden one', () => {
    const tell = careless(({ path }) => path !== 'all/part:a');
    const below = cell('all/part:a', 9, [cell('all/part:a/wave:w', 9)]);
    const tellAll = (id: string, root: Cell, history: ReturnType<typeof historyOf>) => {
      const moment = tell(id, root, history);
      return { ...moment, told: new Map([...moment.told, ['all/part:a/wave:w', 9]]) };
    };
    expect(findsOf(tellAll, cell('all', 49, [below, cell('all/part:b', 40)]))).toContain(
      'cell all/part:a at e1',
    );
  });

  test('small changes, and the one that is left over of them', () => {
    const all = careless(() => true);
    expect(findsOf(all, flat(50, 60), flat(52, 80))).toContain(
      'change of all/part:a from e1 to e2',
    );
    const but = careless(({ path }, _parent, { moments }) => path !== 'all/part:a' || !moments[0]);
    expect(findsOf(but, flat(50, 60), flat(52, 80))).toContain(
      'change of all/part:a from e1 to e2',
    );
  });

  test('a hidden group that changed by few', () => {
    const tell = careless(({ value }) => value >= 11);
    expect(findsOf(tell, flat(5, 7, 50), flat(8, 9, 70))).toContain(
      'change of all/part:a + all/part:b from e1 to e2',
    );
  });
});

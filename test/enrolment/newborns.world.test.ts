import { beforeAll, describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { childOf, dropFamily } from './child.ts';
import { dropUpdates, journalOf, someone, world } from './town.ts';

const dept = '78';
const [mother, father, other] = [someone(dept), someone(dept), someone(dept)];
/** Without a number; and the same child, whom the father’s insurance body names by one. */
const born = childOf(mother, { givenNames: 'Nino', birthDate: '2021-12-01' });
const numbered = childOf(father, {
  ...born,
  nir: someone(dept).nir,
  cardSerial: father.cardSerial,
});
const ofFather = { ...numbered, child: { guardianNir: father.nir, rank: '' } };
/** Two of one day, without numbers. */
const [one, two] = ['1', '2'].map((rank) =>
  childOf(other, { givenNames: `Lou ${rank}`.replace(/\d/, rank === '1' ? 'A' : 'B'), rank }),
) as [InsuredRow, InsuredRow];

const place = (row: InsuredRow) => ({
  guardianNir: row.child?.guardianNir,
  birthDate: row.birthDate,
  ...(row.child?.rank ? { rank: row.child.rank } : {}),
});
const left = (row: InsuredRow) => ({ op: 'end', reason: 'left', ...place(row) });
const death = (row: InsuredRow) => ({ ...left(row), reason: 'death', diedOn: '2022-01-15' });
const tell = async (line: object) => {
  const { updated, unchanged, errorsByCode } = await dropUpdates([line]);
  return { updated, unchanged, errors: Object.keys(errorsByCode) };
};
const done = { updated: 1, unchanged: 0, errors: [] };
const refused = (code: string) => ({ updated: 0, unchanged: 0, errors: [code] });
const acts = async () =>
  [...(await journalOf(dept)).values()].map((lines) => lines.map(({ action }) => action));

beforeAll(async () => {
  const told = await dropFamily([mother, father, other, born, ofFather, one, two]);
  expect(told).toMatchObject({ imported: 7, errors: 0 });
});

describe('ENR-46, ENR-22: the end of who has no number', () => {
  test('who left is named as somebody’s child, once, and is back with the next row', async () => {
    expect(await tell(left(one))).toEqual(done);
    expect(await tell(left(one))).toEqual({ updated: 0, unchanged: 1, errors: [] });
    expect(await dropFamily([one])).toMatchObject({ updated: 1, unchanged: 0 });
    expect(await dropFamily([one])).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await tell(left({ ...one, birthDate: '2019-01-01' }))).toEqual(
      refused('guardianNir/unknown'),
    );
    expect(await tell(left(ofFather))).toEqual(refused('guardianNir/has-number'));
  });

  test('a death is told of one of two who were born on one day', async () => {
    expect(await tell(death(two))).toEqual(done);
    expect(await tell(death(two))).toEqual({ updated: 0, unchanged: 1, errors: [] });
    const dead = (await acts()).filter((lines) => lines.includes('enrolment/record-death'));
    expect(dead).toHaveLength(1);
  });
});

describe('ENR-20, ENR-22: two records of a child, one of which has no number', () => {
  const byMother = { ...numbered, child: { guardianNir: mother.nir, rank: '' } };

  test('which a row cannot make one are merged by a line', async () => {
    const dead = await dropFamily([byMother]);
    expect(dead.errorsByCode).toEqual({ 'rank/same-day': 1 });
    expect(await tell({ op: 'merge', from: numbered.nir, into: place(born) })).toEqual(
      refused('into/has-no-number'),
    );
    expect(await tell({ op: 'merge', from: place(ofFather), into: place(born) })).toEqual(
      refused('from/has-number'),
    );
    const merge = { op: 'merge', from: place(born), into: numbered.nir };
    expect(await tell(merge)).toEqual(done);
    expect(await tell(merge)).toEqual({ updated: 0, unchanged: 1, errors: [] });
    // Rows are taken by the number from then on.
    expect((await dropFamily([{ ...born, city: 'Ailleurs' }])).errorsByCode).toEqual({
      'guardianNir/replaced': 1,
    });
    expect(await dropFamily([byMother])).toMatchObject({ updated: 1, errors: 0 });
  });

  test('and parted by the same names', async () => {
    const split = { op: 'split', from: place(born), into: numbered.nir };
    expect(await tell(split)).toEqual(done);
    expect(await tell(split)).toEqual({ updated: 0, unchanged: 1, errors: [] });
    expect(await tell(left(born))).toEqual(done);
    const ends = (await acts()).map((lines) => lines.at(-1));
    expect(ends.filter((last) => last === 'enrolment/release-record')).toHaveLength(1);
  });

  test('two places of one child are merged and parted, too', async () => {
    const again = childOf(father, { birthDate: born.birthDate, rank: '2', givenNames: 'Nino' });
    expect(await dropFamily([again])).toMatchObject({ imported: 1 });
    const both = { from: place(again), into: place(born) };
    expect(await tell({ op: 'merge', ...both })).toEqual(done);
    expect(await tell({ op: 'split', ...both })).toEqual(done);
    expect(await tell({ op: 'merge', from: { ...both.from, rank: '9' }, into: both.into })).toEqual(
      refused('from/unknown'),
    );
    await world.idle();
  });
});

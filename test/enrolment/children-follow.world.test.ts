import './races/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadStatus, statusWrite } from '#functions/enrolment/person-store.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { childTag } from '#functions/enrolment/tags.ts';
import { transact } from '#shared/aws/transact.ts';
import { findByGuardian, findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { childOf, dropFamily } from './child.ts';
import { dropUpdates, someone } from './town.ts';

const dept = '52';

/** Of whom a guardian's number, a birth date and a rank tell. */
async function found(nir: string, { birthDate, child }: InsuredRow): Promise<string | undefined> {
  const key = await secretMade('lookup');
  const rank = Number(child?.rank || 1);
  return (await findByGuardian(childTag(key, { guardianNir: nir, birthDate, rank })))?.holder;
}
const holderOf = async (nir: string) =>
  (await findByNir(nirTag(await secretMade('lookup'), nir)))?.holder ?? '';
/** The same child's row, by another number of the guardian. */
const under = (nir: string, row: InsuredRow): InsuredRow => ({
  ...row,
  child: { guardianNir: nir, rank: row.child?.rank ?? '' },
});

/** A parent with a newborn and twins, and where each of the three is. */
async function family() {
  const parent = someone(dept);
  const children = [
    childOf(parent, { birthDate: '2021-11-02' }),
    childOf(parent, { givenNames: 'Ana', rank: '1' }),
    childOf(parent, { givenNames: 'Zoé', rank: '2' }),
  ];
  expect(await dropFamily([parent, ...children])).toMatchObject({ imported: 4, errors: 0 });
  const places = await Promise.all(children.map((one) => found(parent.nir, one)));
  expect(new Set(places).size).toBe(3);
  return { parent, children, places };
}
const placesBy = (nir: string, rows: readonly InsuredRow[]) =>
  Promise.all(rows.map((one) => found(nir, one)));
const nowhere = [undefined, undefined, undefined];

describe('ENR-20: a guardian’s number is replaced, and his children have none of their own', () => {
  const number = someone(dept).nir;
  let one: Awaited<ReturnType<typeof family>>;
  beforeAll(async () => {
    one = await family();
    const op = { op: 'merge', from: one.parent.nir, into: number };
    expect(await dropUpdates([op, op])).toMatchObject({ updated: 1, unchanged: 1, errors: 0 });
  });

  test('they are found by both numbers', async () => {
    expect(await placesBy(number, one.children)).toEqual(one.places);
    expect(await placesBy(one.parent.nir, one.children)).toEqual(one.places);
  });

  test('ENR-22: a file that names them by the new one changes them, and imports nobody twice', async () => {
    const [newborn, ana, zoe] = one.children;
    if (!newborn || !ana || !zoe) throw new Error('nobody');
    const rows = [under(number, newborn), under(number, ana)];
    expect(await dropFamily(rows)).toMatchObject({ imported: 0, updated: 2, errors: 0 });
    // A file that is late still has the former number.
    expect(await dropFamily([zoe])).toMatchObject({ imported: 0, errors: 0 });
    expect(await placesBy(number, one.children)).toEqual(one.places);
    expect(await placesBy(one.parent.nir, one.children)).toEqual(one.places);
  });

  test('taken back, they are found by the former one only, whichever number a row named last', async () => {
    const op = { op: 'split', from: one.parent.nir, into: number };
    expect(await dropUpdates([op, op])).toMatchObject({ updated: 1, unchanged: 1, errors: 0 });
    expect(await placesBy(number, one.children)).toEqual(nowhere);
    expect(await placesBy(one.parent.nir, one.children)).toEqual(one.places);
    expect(await dropFamily(one.children)).toMatchObject({ imported: 0, errors: 0 });
    // Whose number it is may have a child of that day as well.
    const other = someone(dept, { nir: number });
    const [newborn] = one.children;
    if (!newborn) throw new Error('nobody');
    expect(await dropFamily([other, under(number, newborn)])).toMatchObject({ imported: 2 });
    expect(await found(number, newborn)).not.toBe(one.places[0]);
  });
});

describe('ENR-20: two records of a guardian become one', () => {
  const definitive = someone(dept);
  const ownChild = childOf(definitive, { birthDate: '2019-03-09' });
  let one: Awaited<ReturnType<typeof family>>;
  beforeAll(async () => {
    one = await family();
    await dropFamily([definitive, ownChild]);
    const op = { op: 'merge', from: one.parent.nir, into: definitive.nir };
    expect(await dropUpdates([op])).toMatchObject({ updated: 1, errors: 0 });
  });

  test('children are found by the number that stays, and rows under it import nobody twice', async () => {
    expect(await placesBy(definitive.nir, one.children)).toEqual(one.places);
    const [newborn] = one.children;
    if (!newborn) throw new Error('nobody');
    // MIN-2: his authority was taken by the name that he had.
    const before = await loadStatus(one.places[0] ?? '');
    if (!before?.child) throw new Error('no child');
    const { attachedTo: former } = before.child;
    const out = { ...before, child: { ...before.child, barred: [former] } };
    await transact([statusWrite({ ...out, version: out.version + 1 }, out.version)]);
    const rows = [under(definitive.nir, newborn), ownChild];
    expect(await dropFamily(rows)).toMatchObject({ imported: 0, updated: 1, errors: 0 });
    const status = await loadStatus(one.places[0] ?? '');
    const parent = await holderOf(definitive.nir);
    expect(status?.child).toMatchObject({ attachedTo: parent, barred: [former, parent] });
  });

  test('parted again, each has his own, also whom a row had named by the other one’s number', async () => {
    const op = { op: 'split', from: one.parent.nir, into: definitive.nir };
    expect(await dropUpdates([op])).toMatchObject({ updated: 1, errors: 0 });
    const parent = await holderOf(one.parent.nir);
    expect(parent).not.toBe(await holderOf(definitive.nir));
    expect(await placesBy(definitive.nir, one.children)).toEqual(nowhere);
    expect(await placesBy(one.parent.nir, one.children)).toEqual(one.places);
    for (const child of one.places)
      expect((await loadStatus(child ?? ''))?.child?.attachedTo).toBe(parent);
    expect(await found(definitive.nir, ownChild)).toBeDefined();
    expect(await dropFamily([...one.children, ownChild])).toMatchObject({ imported: 0, errors: 0 });
  });
});

import './races/in-process.ts';
import { describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { nirKey } from '#shared/kernel/nir.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { openPerson } from '#shared/record/person.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { batchesOf, manifestOf, printed } from './letters/shop.ts';
import { standing } from './races/standing.ts';
import {
  codesOf,
  dropUpdates,
  object,
  oppose,
  sendWave,
  someone,
  wholeTable,
  world,
} from './town.ts';

const department = '61';

const holderOf = async ({ nir }: Pick<InsuredRow, 'nir'>) =>
  (await findByNir(nirTag(await secretMade('lookup'), nir)))?.holder ?? '';
const stands = async (row: Pick<InsuredRow, 'nir'>) => standing(await holderOf(row));
const upsert = (row: InsuredRow, more: object = {}) => ({ op: 'upsert', ...row, ...more });
const left = ({ nir }: InsuredRow) => ({ op: 'end', reason: 'left', nir });
const died = ({ nir, birthDate }: InsuredRow, diedOn = '2022-01-10') => ({
  ...{ op: 'end', reason: 'death', nir, birthDate, diedOn },
});
/** A waiting number (ENR-20) of somebody whose own is not known yet. */
function waiting(row: InsuredRow): InsuredRow {
  const thirteen = `8${row.nir.slice(1, 13)}`;
  return { ...row, nir: thirteen + nirKey(thirteen) };
}

/** Loses the acknowledgement of the next transaction of the import with such a line. */
const loses = (act: string) =>
  world.plant({
    ...{ caller: 'enrolment-intake', action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
    if: { contains: `"enrolment/${act}"` },
  });
async function wasLost(): Promise<void> {
  expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
  await world.clearFaults();
}

/** Sends a wave, and waits until it has looked again and is done. */
async function wave(name: string): Promise<void> {
  await sendWave(name, [department]);
  await world.move('+3h');
  await world.idle();
}

describe('a file of updates', () => {
  const [stays, leaves, dies] = [someone(department), someone(department), someone(department)];
  const file = [
    ...[upsert(stays, { regime: '01' }), upsert(leaves), upsert(dies, { regime: '02' })],
    ...[left(leaves), died(dies), { op: 'end', reason: 'left', nir: someone('12').nir }],
    ...[died({ ...stays, birthDate: '1985-05-13' }), { op: 'nothing' }],
  ];
  const faults = { 'nir/unknown': 1, 'birthDate/mismatch': 1, 'op/unknown': 1 };

  test('is taken line by line; what is wrong is told by line, field and code, never by content', async () => {
    const told = await dropUpdates(file);
    expect(told).toMatchObject({
      ...{ state: 'done', lines: 8, imported: 3, updated: 2, unchanged: 0, errors: 3 },
      errorsByCode: faults,
    });
    const result = JSON.parse(await object(told.result ?? ''));
    expect(result.firstErrors).toEqual([
      { line: 6, field: 'nir', code: 'unknown' },
      { line: 7, field: 'birthDate', code: 'mismatch' },
      { line: 8, field: 'op', code: 'unknown' },
    ]);
    expect(JSON.stringify(result)).not.toContain(stays.nir);
    expect((await stands(leaves)).told).toEqual(['import-insured', 'note-left']);
    expect((await stands(dies)).told).toEqual(['import-insured', 'record-death']);
    expect(await openPerson(await holderOf(stays))).toMatchObject({ regime: '01' });
    expect((await wholeTable('ENROLMENT_TABLE')).includes(stays.nir)).toBe(false);
  });

  test('dropped twice changes nobody the second time', async () => {
    const before = await Promise.all(
      [stays, leaves, dies].map(async (row) => (await stands(row)).told),
    );
    expect(await dropUpdates(file)).toMatchObject({
      ...{ imported: 0, updated: 0, unchanged: 5, errors: 3 },
    });
    const after = await Promise.all(
      [stays, leaves, dies].map(async (row) => (await stands(row)).told),
    );
    expect(after).toEqual(before);
  });

  test.each(['lost-ack', 'conflict', 'throttle'] as const)(
    'is counted exactly when a write is hit by: %s',
    async (kind) => {
      const people = Array.from({ length: 40 }, () => someone(department));
      await dropUpdates(people.map((row) => upsert(row)));
      await world.plant({
        ...{ caller: 'enrolment-intake', action: 'dynamodb:TransactWriteItems', kind },
        ...{ nth: 2, times: 2 },
      });
      const told = await dropUpdates(people.map((row, at) => (at % 2 ? left(row) : died(row))));
      const fired = await world.faults();
      await world.clearFaults();
      expect(fired.reduce((sum, one) => sum + one.fired, 0)).toBeGreaterThan(0);
      expect(told).toMatchObject({ lines: 40, updated: 40, unchanged: 0, errors: 0 });
      for (const row of people) expect((await stands(row)).told).toHaveLength(2);
    },
  );

  test('who left is not informed, and no deadline of his runs; insured again he is', async () => {
    const [byMail, byLetter, invited] = [
      someone(department),
      someone(department, { email: '' }),
      someone(department),
    ] as const;
    await dropUpdates([upsert(invited)]);
    await wave('wave-61');
    expect((await stands(invited)).status.status).toBe('invited');
    await dropUpdates([
      upsert(byMail),
      upsert(byLetter),
      left(byMail),
      left(byLetter),
      left(invited),
    ]);
    await wave('wave-61-b');
    await printed(department);
    expect(await codesOf(byMail)).toEqual([]);
    expect(await batchesOf(department)).toEqual([]);
    await world.move('+44d');
    await world.idle();
    expect((await stands(invited)).status.status).toBe('invited');
    expect(await dropUpdates([byMail, byLetter, invited].map((row) => upsert(row)))).toMatchObject({
      updated: 3,
    });
    await wave('wave-61-c');
    await printed(department);
    expect(await codesOf(byMail)).toHaveLength(1);
    const letters = await Promise.all(
      (await batchesOf(department)).map(({ batch }) => manifestOf(batch)),
    );
    // The clock may have ordered one of them before.
    expect(letters.reduce((sum, one) => sum + one.letters, 0)).toBe(2);
  });
});

describe('ENR-20: a waiting number that the definitive one replaces', () => {
  const definitive = someone(department);
  const former = waiting(definitive);

  test('keeps the record; both numbers lead to it, rows are taken by the new one', async () => {
    await dropUpdates([upsert(former)]);
    const holder = await holderOf(former);
    const merge = { op: 'merge', from: former.nir, into: definitive.nir };
    await loses('replace-nir');
    expect(await dropUpdates([merge, merge])).toMatchObject({ updated: 1, unchanged: 1 });
    await wasLost();
    expect([await holderOf(definitive), await holderOf(former)]).toEqual([holder, holder]);
    expect(await openPerson(holder)).toMatchObject({ nir: definitive.nir });
    const told = await dropUpdates([upsert({ ...definitive, city: 'Argentan' }), upsert(former)]);
    expect(told).toMatchObject({ updated: 1, errorsByCode: { 'nir/replaced': 1 } });
    expect((await standing(holder)).told).toEqual([
      'import-insured',
      'replace-nir',
      'update-insured',
    ]);
    await wave('wave-61-d');
    const code = (await codesOf(definitive)).at(-1) ?? '';
    expect(
      (await oppose(former, { code, change: { cardSerial: definitive.cardSerial } })).status,
    ).toBe(201);
  });

  test('is undone where it was wrong: each number is one person’s again', async () => {
    const holder = await holderOf(former);
    const split = { op: 'split', from: former.nir, into: definitive.nir };
    await loses('restore-nir');
    expect(await dropUpdates([split, split])).toMatchObject({ updated: 1, unchanged: 1 });
    await wasLost();
    expect(await openPerson(holder)).toMatchObject({ nir: former.nir });
    expect(await holderOf(definitive)).toBe('');
    expect(await dropUpdates([upsert(definitive)])).toMatchObject({ imported: 1 });
    expect(await holderOf(definitive)).not.toBe(holder);
    expect(await holderOf(former)).toBe(holder);
  });

  test('two records that are one person become one; undone, each is as it was', async () => {
    const [one, other] = [await holderOf(definitive), await holderOf(former)];
    const pair = { from: former.nir, into: definitive.nir };
    await loses('merge-record');
    expect(await dropUpdates([{ op: 'merge', ...pair }])).toMatchObject({ updated: 1, errors: 0 });
    await wasLost();
    expect([await holderOf(definitive), await holderOf(former)]).toEqual([one, one]);
    // He objected by the number that is no more: that is said of him by the other one, too.
    expect((await standing(one)).status).toMatchObject({ status: 'opposed' });
    const again = [{ op: 'merge', ...pair }, upsert(former)];
    expect(await dropUpdates(again)).toMatchObject({ unchanged: 1, errors: 1 });
    await loses('part-record');
    expect(await dropUpdates([{ op: 'split', ...pair }])).toMatchObject({ updated: 1, errors: 0 });
    await wasLost();
    expect([await holderOf(definitive), await holderOf(former)]).toEqual([one, other]);
    expect((await standing(one)).status).toMatchObject({ status: 'known' });
    expect((await standing(one)).told.slice(-2)).toEqual(['absorb-record', 'release-record']);
    expect((await standing(other)).status).toMatchObject({ status: 'opposed' });
    expect((await standing(other)).told.slice(-2)).toEqual(['merge-record', 'part-record']);
    expect(await dropUpdates([{ op: 'split', ...pair }])).toMatchObject({ unchanged: 1 });
  });

  test('a file that names both otherwise in the same window changes each of them once', async () => {
    const pair = { from: former.nir, into: definitive.nir };
    const there = [
      ...[upsert({ ...definitive, city: 'Sées' }), { op: 'merge', ...pair }, left(definitive)],
      ...[{ op: 'split', ...pair }, upsert({ ...former, city: 'Flers' })],
    ];
    const told = await dropUpdates(there);
    expect(told).toMatchObject({ lines: 5, updated: 5, errors: 0 });
    expect((await stands(definitive)).status.status).toBe('known');
    expect((await stands(former)).status.status).toBe('opposed');
    const stood = await Promise.all([stands(definitive), stands(former)]);
    expect(await dropUpdates(there)).toMatchObject({ updated: 0, unchanged: 5, errors: 0 });
    expect(await Promise.all([stands(definitive), stands(former)])).toEqual(stood);
  });
});

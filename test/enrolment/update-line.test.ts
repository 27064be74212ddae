import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leftFrom } from '#functions/enrolment/rules/left.ts';
import { readUpdate } from '#functions/enrolment/rules/update-line.ts';
import { Status } from '#functions/enrolment/stored.ts';
import { person } from './builders.ts';
import { someone } from './someone.ts';

const today = '2022-02-01';
const read = (line: unknown) =>
  readUpdate(typeof line === 'string' ? line : JSON.stringify(line), today);
const codes = (line: unknown) => {
  const reading = read(line);
  return reading.ok ? [] : reading.faults.map(({ field, code }) => `${field}/${code}`);
};

const row = someone('12');
const [nir, other] = [row.nir, someone('12').nir];
const death = { op: 'end', reason: 'death', nir, birthDate: '1985-05-12', diedOn: '2022-01-10' };

describe('a line of a file of updates', () => {
  test('tells a row like a file of rows, with a regime or without', () => {
    expect(read({ op: 'upsert', ...row })).toEqual({ ok: true, update: { op: 'upsert', row } });
    for (const regime of ['01', '2A9', '017511234'])
      expect(read({ op: 'upsert', ...row, regime })).toEqual({
        ...{ ok: true, update: { op: 'upsert', row, regime } },
      });
    const { email: _e, usedName: _u, addressLine: _a, ...rest } = row;
    const bare = { ...row, email: '', usedName: '', addressLine: '' };
    expect(read({ op: 'upsert', ...rest })).toMatchObject({ update: { row: bare } });
  });

  test('tells an end, a merge and its undoing', () => {
    expect(read(death)).toEqual({
      ...{ ok: true },
      update: { op: 'death', nir, birthDate: '1985-05-12', diedOn: '2022-01-10' },
    });
    expect(read({ op: 'end', reason: 'left', nir: ` ${nir} ` })).toMatchObject({
      update: { op: 'left', nir },
    });
    for (const op of ['merge', 'split'])
      expect(read({ op, from: nir, into: other })).toEqual({
        ...{ ok: true, update: { op, from: nir, into: other } },
      });
  });

  test('ENR-22: names a child without a number by its guardian’s, its birth date and its rank', () => {
    const named = { guardianNir: ` ${nir} `, birthDate: '2021-12-01' };
    const child = { guardianNir: nir, birthDate: '2021-12-01', rank: 1 };
    const second = { ...named, rank: '2' };
    expect(read({ op: 'end', reason: 'left', ...named })).toEqual({
      ...{ ok: true, update: { op: 'left', child } },
    });
    const died = { op: 'end', reason: 'death', diedOn: '2022-01-10' };
    expect(read({ ...died, ...second })).toEqual({
      ok: true,
      update: {
        ...{ op: 'death', child: { ...child, rank: 2 } },
        ...{ birthDate: '2021-12-01', diedOn: '2022-01-10' },
      },
    });
    for (const op of ['merge', 'split']) {
      expect(read({ op, from: named, into: other })).toMatchObject({
        update: { op, from: child, into: other },
      });
      expect(read({ op, from: other, into: second })).toMatchObject({
        update: { op, from: other, into: { ...child, rank: 2 } },
      });
      expect(codes({ op, from: named, into: { ...named, rank: '1' } })).toEqual(['into/same']);
      expect(codes({ op, from: { ...named, rank: '10' }, into: nir })).toEqual(['from/rank-digit']);
      expect(codes({ op, from: nir, into: { ...named, nir } })).toEqual(['line/fields']);
    }
    expect(codes({ op: 'end', reason: 'left', ...named, nir })).toEqual(['line/fields']);
    expect(codes({ ...died, ...named, rank: '0' })).toEqual(['rank/rank-digit']);
    expect(codes({ ...died, ...named, guardianNir: '1' })).toEqual(['guardianNir/nir-length']);
    expect(codes({ ...died, ...named, birthDate: '2022-02-02' })).toEqual([
      'birthDate/in-the-future',
    ]);
  });

  test.each<[unknown, string]>([
    ['{', 'line/not-json'],
    ['[]', 'line/not-an-object'],
    ['7', 'line/not-an-object'],
    ['null', 'line/not-an-object'],
    [{}, 'op/unknown'],
    [{ op: 'erase', nir }, 'op/unknown'],
    [{ op: 'end', nir }, 'reason/unknown'],
    [{ op: 'end', nir, reason: 'bored' }, 'reason/unknown'],
    [{ op: 'end', nir, reason: 'left', more: 1 }, 'line/fields'],
    [{ ...death, diedOn: undefined }, 'line/fields'],
    [{ ...death, nir: 7 }, 'line/fields'],
    [{ ...death, diedOn: '2022-02-30' }, 'diedOn/no-such-day'],
    [{ ...death, birthDate: '2022-02-02' }, 'birthDate/in-the-future'],
    [{ ...death, nir: '1' }, 'nir/nir-length'],
    [{ op: 'merge', from: nir, into: nir }, 'into/same'],
    [{ op: 'merge', from: '1', into: nir }, 'from/nir-length'],
    [{ op: 'split', from: nir, into: `9${nir.slice(1)}` }, 'into/nir-first-digit'],
    [{ op: 'upsert', ...row, colour: 'red' }, 'line/fields'],
    [{ op: 'upsert', ...row, regime: 'a' }, 'regime/regime-code'],
  ])('%j: %s', (line, code) => {
    expect(codes(line)).toEqual([code]);
  });

  test('says all that is wrong with a row', () => {
    const bad = { op: 'upsert', ...row, sex: '?', city: '', regime: '?' };
    expect(codes(bad)).toEqual(['sex/not-m-or-f', 'city/required', 'regime/regime-code']);
  });

  test('never throws and never repeats what it read, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((v) => JSON.stringify(v)),
        ),
        (text) => {
          const reading = readUpdate(text, today);
          if (reading.ok) return;
          for (const { field, code } of reading.faults)
            expect(`${field}/${code}`).toMatch(/^[A-Za-z]+\/[a-z-]+$/);
        },
      ),
    );
  });
});

describe('whoever is not insured any more', () => {
  const at = '2022-02-10T09:00:00.000Z';
  test.each(Object.entries(person))('and was %s', (name, status) => {
    const to = leftFrom(status, at);
    const isOver = ['deceased', 'deleting', 'deleted'].includes(name);
    expect(to === undefined).toBe(isOver);
    if (!to) return;
    expect(Status.parse(to)).toEqual(to);
    const isInvited = ['invited', 'frozen', 'bounced'].includes(name);
    expect(to).toEqual({ ...status, leftAt: at, ...(isInvited ? { uninformed: 'left' } : {}) });
  });
});

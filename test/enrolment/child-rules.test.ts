import { describe, expect, test } from 'vitest';
import { dueOf } from '#functions/enrolment/due.ts';
import { deadlineRuns } from '#functions/enrolment/rules/deadline-runs.ts';
import {
  childColumns,
  columns,
  isNobodysChild,
  readRow,
  widthOf,
} from '#functions/enrolment/rules/insured-row.ts';
import {
  barredFrom,
  isBarred,
  isBlockable,
  judgeChildActivation,
} from '#functions/enrolment/rules/judge-child.ts';
import { lifted, missingSights, withdrawn } from '#functions/enrolment/rules/judge-guardianship.ts';
import { addYears, parisBounds } from '#shared/kernel/calendar.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { current, person } from './builders.ts';

const parent = '185057800608491';
const good: Record<string, string> = {
  ...{ nir: '', birthName: 'MARTIN', usedName: '', givenNames: 'Léo', birthDate: '2015-05-12' },
  ...{ sex: 'M', addressLine: '', postcode: '12000', city: 'Rodez', department: '12', email: '' },
  ...{ cardSerial: '12345678901', guardianNir: parent, rank: '' },
};
const all = [...columns, ...childColumns];
const row = (change: Record<string, string> = {}, today = '2022-02-01') =>
  readRow(all.map((column) => ({ ...good, ...change })[column]).join(';'), {
    today,
    width: all.length,
  });

describe('ENR-22: a child in the file of insured people', () => {
  test('is known by the parent’s NIR, and may have none of his own yet', () => {
    expect(row({ guardianNir: '1 85 05 78 006 084 91' })).toMatchObject({
      ok: true,
      row: { nir: '', child: { guardianNir: parent, rank: '' } },
    });
    expect(row({ rank: '2' })).toMatchObject({ ok: true, row: { child: { rank: '2' } } });
  });

  test('the columns are optional: a file without them says nothing of children', () => {
    expect(widthOf(columns.join(';'))).toBe(12);
    expect(widthOf(all.join(';'))).toBe(14);
    expect(widthOf([...columns, 'rank'].join(';'))).toBeUndefined();
    expect(row({ guardianNir: '', nir: parent })).toMatchObject({ ok: true });
    expect(row({ guardianNir: '' })).toMatchObject({
      faults: [{ field: 'nir', code: 'required' }],
    });
  });

  test.each([columns.length, all.length - 1, all.length + 1])(
    'a row of %i fields where the first line names 14 is cut short, and no row of another form',
    (fields) => {
      const text = [...all, 'x'].slice(0, fields).map((column) => good[column] ?? '');
      expect(readRow(text.join(';'), { today: '2022-02-01', width: all.length })).toEqual({
        ok: false,
        faults: [{ field: 'line', code: 'column-count' }],
      });
    },
  );

  test('MIN-1 ENR-4: under sixteen he is somebody’s child; on his sixteenth birthday he may be insured by himself', () => {
    const born = { guardianNir: '', nir: parent, birthDate: '2006-02-01' };
    const read = row(born);
    if (!read.ok) throw new Error('not read');
    expect(isNobodysChild(read.row, '2022-01-31')).toBe(true);
    expect(isNobodysChild(read.row, '2022-02-01')).toBe(false);
    const his = row({ birthDate: '2015-05-12' });
    expect(his.ok && isNobodysChild(his.row, '2022-01-31')).toBe(false);
  });

  test.each([
    ['guardianNir', '185057800608492', 'nir-key'],
    ['rank', '0', 'rank-digit'],
    ['rank', '10', 'rank-digit'],
  ])('%s "%s" is refused as %s', (field, text, code) => {
    expect(row({ [field]: text })).toEqual({ ok: false, faults: [{ field, code }] });
  });

  test('MIN-5: on the day of his majority he is nobody’s child, the day before he is', () => {
    const born = { birthDate: '2004-02-01', nir: parent };
    expect(row(born, '2022-01-31')).toMatchObject({ row: { child: {} } });
    const grown = row(born, '2022-02-01');
    expect(grown).toMatchObject({ ok: true });
    expect(grown.ok && grown.row.child).toBe(undefined);
  });
});

describe('MIN-5: coming of age', () => {
  test.each([
    ['2004-05-12', '2022-05-12'],
    ['2004-02-29', '2022-03-01'],
    ['2006-02-28', '2024-02-28'],
  ])('who was born on %s is of age on %s', (born, day) => {
    const adultOn = addYears(born, 18);
    expect(adultOn).toBe(day);
    const { begin } = parisBounds(day);
    expect(isMinor({ adultOn }, begin - 1)).toBe(true);
    expect(isMinor({ adultOn }, begin)).toBe(false);
  });
});

const child = { tag: 't', attachedTo: 'parent', adultOn: '2033-05-12' };

describe('ENR-23: a blocked child', () => {
  test('has no deadline that runs, and stands in the index for its majority only', () => {
    const blocked = { ...person.invited, child, blocked: true as const };
    expect(deadlineRuns(blocked)).toBe(false);
    expect(dueOf(blocked)?.dueSk).toMatch(/^2033-05-11T22:00:00.000Z#/);
  });

  test('only what has not opened can be blocked', () => {
    const blockable = Object.values(person).filter(isBlockable);
    expect(new Set(blockable.map(({ status }) => status))).toEqual(new Set(['known', 'invited']));
  });
});

describe('MIN-1: who may activate a child’s record', () => {
  const at = person.invited.informedAt;
  const asked = {
    ...{ status: { ...person.invited, child }, code: current, names: ['parent'] },
    ...{ acting: new Set<string>(), mustChoose: false, receivedAt: at },
  };
  const guardians = (...holders: string[]) => ({
    ...{ ...person.activated, child },
    guardians: holders.map((holder) => ({ holder, since: at })),
  });
  const closedBy = (...holders: string[]) => ({
    ...{ ...person.closed, child },
    guardians: holders.map((holder) => ({ holder, since: at })),
  });
  test.each([
    ['activate', {}],
    ['not-guardian', { names: ['other'] }],
    ['not-guardian', { status: person.invited }],
    ['which-child', { mustChoose: true }],
    ['activate', { status: { ...person.invited, child: { ...child, rank: 1 } } }],
    ['child-blocked', { status: { ...person.invited, child, blocked: true as const } }],
    ['code-burnt', { code: { ...current, burntAt: at } }],
    ['code-used', { code: { ...current, usedAt: at } }],
    ['code-expired', { receivedAt: '2022-03-21T23:00:00.000Z' }],
    ['repeat', { status: guardians('parent'), code: { ...current, usedAt: at } }],
    ['join', { status: guardians('other') }],
    // ENR-20: his former record, which was merged into his, has his place.
    ['repeat', { status: guardians('former'), names: ['parent', 'former'] }],
    ['activate', { names: ['into', 'parent'] }],
    ['two-guardians', { status: guardians('a', 'b') }],
    ['activate', { status: { ...person.opposed, child } }],
    ['activate', { status: { ...person.open, child } }],
    // ENR-44: who may act reopens it himself; where nobody is left, a code opens it for whom it is attached to.
    ['not-activable', { status: closedBy('other'), acting: new Set(['other']) }],
    ['not-activable', { status: closedBy('parent'), acting: new Set(['parent']) }],
    ['activate', { status: closedBy('other') }],
    ['activate', { status: closedBy('a', 'b') }],
    ['activate', { status: { ...person.closed, child } }],
    ['activate', { status: { ...person.leaving, child } }],
    ['not-guardian', { status: closedBy('other'), names: ['stranger'] }],
    ['not-guardian', { status: { ...person.closed, child: { ...child, barred: ['parent'] } } }],
    ['not-activable', { status: { ...person.deleting, child } }],
  ])('%s (%#)', (verdict, change) => {
    expect(judgeChildActivation({ ...asked, ...change })).toBe(verdict);
  });
});

describe('ENR-23, MIN-2: what an agent changes', () => {
  const deskChecks = ['identity-paper', 'birth-certificate'] as const;
  test('needs all the papers of its kind, by dated data', () => {
    const lift = { order: 'lift-block', checks: deskChecks } as const;
    expect(missingSights(lift, '2022-02-01')).toEqual([]);
    expect(missingSights({ ...lift, checks: ['family-book'] }, '2022-02-01')).toEqual([
      ['identity-paper'],
    ]);
    expect(missingSights({ order: 'withdraw', checks: deskChecks }, '2022-02-01')).toEqual([
      ['court-order'],
    ]);
    expect(missingSights({ order: 'withdraw', checks: ['court-order'] }, '1990-01-01')).toEqual([]);
  });

  test('a lifted block informs anew who was invited, by letter; nothing is due before', () => {
    expect(lifted({ ...person.invited, child })).toBe(undefined);
    const letter = { batch: 'b', reference: 'r', postedOn: '2022-02-07' };
    const free = lifted({ ...person.invited, child, letter, blocked: true });
    expect(free).toMatchObject({ status: 'invited', uninformed: 'readdressed' });
    expect(free && [free.blocked, free.letter, dueOf(free)?.duePk.split('#')[0]]).toEqual([
      ...[undefined, undefined, 'PRINT'],
    ]);
    expect(lifted({ ...person.known, child, blocked: true })).toEqual({ ...person.known, child });
  });

  test('who was withdrawn is no guardian, gets nothing by a code, and stays so; again changes nothing', () => {
    const since = person.invited.informedAt;
    const two = ['parent', 'other'].map((holder) => ({ holder, since }));
    const out = withdrawn({ ...person.activated, child, guardians: two }, 'parent');
    expect(out).toMatchObject({ guardians: [{ holder: 'other' }], child: { barred: ['parent'] } });
    expect(out && withdrawn(out, 'parent')).toBe(undefined);
    expect(out && isBarred(out.child)).toBe(true);
    const asked = {
      ...{ code: current, names: ['parent'], acting: new Set<string>() },
      ...{ mustChoose: false, receivedAt: since },
    };
    expect(out && judgeChildActivation({ ...asked, status: out })).toBe('not-guardian');
    const invited = withdrawn({ ...person.invited, child }, 'parent');
    expect(invited && judgeChildActivation({ ...asked, status: invited })).toBe('not-guardian');
    expect(withdrawn(person.activated, 'parent')).toBe(undefined);
  });

  test('ENR-20 who was withdrawn under a number that was merged since is out by the one that a row names', () => {
    const into = { holder: 'into', names: ['into', 'parent'] };
    const other = { holder: 'other', names: ['other'] };
    const out = { ...child, barred: ['parent'] };
    const barred = [...barredFrom(out, into)];
    expect(barred).toEqual(['parent', 'into']);
    const status = { ...person.invited, child: { ...child, attachedTo: 'into', barred } };
    const asked = {
      ...{ code: current, acting: new Set<string>(), mustChoose: false },
      receivedAt: person.invited.informedAt,
    };
    expect(judgeChildActivation({ ...asked, names: ['into', 'parent'], status })).toBe(
      'not-guardian',
    );
    expect(barredFrom({ ...out, barred }, into)).toEqual(['parent', 'into']);
    expect(barredFrom(out, other)).toEqual(['parent']);
    expect(barredFrom(child, into)).toEqual([]);
    expect(barredFrom(undefined, into)).toEqual([]);
  });
});

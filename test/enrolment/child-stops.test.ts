import { describe, expect, test } from 'vitest';
import { opposedFrom } from '#functions/enrolment/opposed.ts';
import { carried } from '#functions/enrolment/rules/carried.ts';
import { type Death, deceased } from '#functions/enrolment/rules/deceased.ts';
import { judgeChildActivation } from '#functions/enrolment/rules/judge-child.ts';
import { lifted, withdrawn } from '#functions/enrolment/rules/judge-guardianship.ts';
import { leftFrom } from '#functions/enrolment/rules/left.ts';
import { restored } from '#functions/enrolment/rules/restored.ts';
import { resumed, suspended } from '#functions/enrolment/rules/suspended.ts';
import { readUpdate } from '#functions/enrolment/rules/update-line.ts';
import type { Status } from '#functions/enrolment/stored.ts';
import { current, delays, person } from './builders.ts';
import { someone } from './someone.ts';

const at = Date.parse('2022-03-01T09:00:00.000Z');
const facts = { tag: 'C'.repeat(43), attachedTo: 'mother', adultOn: '2033-05-12' };
const since = '2022-02-09T09:00:00.000Z';
const guardians = [
  { holder: 'mother', since },
  { holder: 'father', since },
];
const child = { cohort: '2010', child: facts };
const activated = { ...person.activated, ...child, guardians };
const death: Death = {
  ...{ diedOn: '2022-02-20', proof: 'insurer', reference: 'r9', recordedAt: at },
};
const back = { reference: 'r10', at, delays, termDays: 42 };

describe('MIN-1, ENR-46: a child’s record that is stopped', () => {
  test('keeps whose child it is, its decade and its block, and has them back', () => {
    const blocked = { ...person.invited, ...child, blocked: true } as const;
    const dead = deceased(blocked, death, delays);
    expect(dead).toMatchObject({ ...child, blocked: true });
    expect(dead).not.toHaveProperty('guardians');
    expect(restored(dead, back)).toMatchObject({ status: 'known', ...child, blocked: true });
    const opened = restored(deceased(activated, death, delays), back);
    expect(opened).toMatchObject({ status: 'activated', ...child, guardians });
    const paused = suspended(activated, {
      ...{ motive: 'fraudulent-use', reference: 'r', at, termDays: 42 },
    });
    expect(resumed(paused, at)).toMatchObject({ status: 'activated', ...child, guardians });
  });

  test('a block that is lifted after the death is not there again', () => {
    const dead = deceased({ ...person.open, ...child, blocked: true }, death, delays);
    const free = lifted(dead);
    if (free?.status !== 'deceased') throw new Error('not dead any more');
    expect(restored(free, back)).not.toHaveProperty('blocked');
  });

  test('MIN-2: who lost his authority meanwhile is not let in by a death that was told wrongly', () => {
    const without = withdrawn(deceased(activated, death, delays), 'father');
    if (without?.status !== 'deceased') throw new Error('not dead any more');
    expect(restored(without, back)).toMatchObject({
      ...{ status: 'activated', child: { ...facts, barred: ['father'] } },
      guardians: [{ holder: 'mother', since }],
    });
  });

  test('is activated by no guardian while it is suspended, or where the child has died', () => {
    const judge = (status: Status) =>
      judgeChildActivation({
        ...{ status, code: current, names: ['mother'], mustChoose: false },
        acting: new Set<string>(),
        receivedAt: current.sentAt,
      });
    expect(judge({ ...person.suspended, ...child })).toBe('not-activable');
    expect(judge({ ...person.deleted, ...child })).toBe('activate');
    expect(judge({ ...person.deleted, ...child, diedOn: '2022-02-20' })).toBe('not-activable');
  });

  test('ENR-23: a child that is not insured any more is not written to when its block is lifted', () => {
    const blocked = { ...person.invited, ...child, blocked: true } as const;
    expect(lifted(blocked)).toMatchObject({ uninformed: 'readdressed' });
    const left = leftFrom(blocked, since);
    expect(left && lifted(left)).toMatchObject({ uninformed: 'left' });
  });
});

test('ENR-22: a file of updates tells a child as a file of rows does', () => {
  const row = { ...someone('12'), nir: '', birthDate: '2015-05-12' };
  const line = { op: 'upsert', ...row, guardianNir: someone('12').nir, rank: '2' };
  expect(readUpdate(JSON.stringify(line), '2022-02-01')).toMatchObject({
    update: { row: { nir: '', child: { guardianNir: line.guardianNir, rank: '2' } } },
  });
  expect(readUpdate(JSON.stringify({ ...line, guardianNir: '1' }), '2022-02-01')).toMatchObject({
    faults: [{ field: 'guardianNir' }],
  });
});

test('what a status says of who somebody is goes on with each change', () => {
  const known: Status = person.known;
  expect(carried(known)).toEqual({});
  const to = opposedFrom({ ...person.invited, ...child }, person.opposed.decidedBy, delays);
  expect(to).toMatchObject({ status: 'opposed', ...child });
});

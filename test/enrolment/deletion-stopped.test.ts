import { describe, expect, test } from 'vitest';
import { dueOf } from '#functions/enrolment/due.ts';
import { type Death, deceased } from '#functions/enrolment/rules/deceased.ts';
import { deletionStep } from '#functions/enrolment/rules/deletion-step.ts';
import { deletionStopped, whoMayStop } from '#functions/enrolment/rules/deletion-stopped.ts';
import { givenBack, withdrawnByAll } from '#functions/enrolment/rules/judge-guardianship.ts';
import { restored } from '#functions/enrolment/rules/restored.ts';
import { Status } from '#functions/enrolment/stored.ts';
import { delays, person } from './builders.ts';

const child = { tag: 't', attachedTo: 'father', adultOn: '2033-05-12' };
const since = '2022-02-09T09:00:00.000Z';
const at = Date.parse('2022-04-20T09:00:00.000Z');
const death: Death = {
  ...{ diedOn: '2022-04-15', proof: 'insurer', reference: 'r9', recordedAt: at },
};
const of = (...guardians: string[]) => ({
  ...{ ...person.leaving, child },
  guardians: guardians.map((holder) => ({ holder, since })),
});
const acting = (...names: string[]) => new Set(names);
function withdrawn(status: Status, guardian = 'father'): Status {
  const to = withdrawnByAll(status, [guardian], at);
  if (!to) throw new Error('nothing withdrawn');
  return to;
}

describe('MIN-2, ENR-44: a deletion that was asked for, and nobody is left who could take it back', () => {
  test('does not go on: the record is closed and nothing more, for its years from the closure on', () => {
    const to = deletionStopped(withdrawn(of('father')), acting(), delays);
    const { deletionRequestedAt: _, ...rest } = person.leaving;
    expect(to).toEqual({
      ...{ ...rest, status: 'closed', guardians: [], child: { ...child, barred: ['father'] } },
      ...{ deleteFrom: '2032-04-01T22:00:00.000Z', remindFrom: '2032-03-25T23:00:00.000Z' },
    });
    expect(Status.parse(to)).toEqual(to);
    // Nothing is done of it on the day on which it would have been deleted, nor before its reminder's.
    const [before, after] = ['2032-03-25T22:59:59.999Z', '2032-03-25T23:00:00.000Z'].map(
      Date.parse,
    );
    expect(to && deletionStep(to, before ?? 0)).toBeUndefined();
    expect(to && deletionStep(to, after ?? 0)?.is).toBe('remind');
    expect(to && dueOf(to)?.duePk).toMatch(/^ERASE#/);
  });

  test('is forgotten with its reminder, and with the wish that led to it', () => {
    const closing = { reference: 'w', by: 'father', deletion: true, until: since, state: 'done' };
    const told = Status.parse({ ...of(), closing, remindedAt: since, unreachedAt: since });
    const to = deletionStopped(told, acting(), delays);
    for (const one of ['closing', 'remindedAt', 'unreachedAt', 'deletionRequestedAt'])
      expect(to).not.toHaveProperty(one);
    expect(to).toMatchObject({ motive: 'other', closedAt: person.leaving.closedAt });
  });

  test('stands where another guardian is left who still acts, whoever of them asked', () => {
    const left = withdrawn(of('father', 'mother'));
    expect(whoMayStop(left)).toEqual(['mother']);
    expect(deletionStopped(left, acting('mother'), delays)).toBeUndefined();
    // Who has closed his own record, or has died, takes nothing back.
    expect(deletionStopped(left, acting(), delays)).toMatchObject({
      ...{ status: 'closed', guardians: [{ holder: 'mother' }] },
    });
    expect(deletionStopped(left, acting('father'), delays)?.status).toBe('closed');
    const none = withdrawn(left, 'mother');
    expect(deletionStopped(none, acting(), delays)?.status).toBe('closed');
  });

  test('does not come back where the withdrawal is undone', () => {
    const to = deletionStopped(withdrawn(of('father')), acting(), delays);
    const back = to && givenBack(to, ['father']);
    expect(back).toMatchObject({ status: 'closed', deleteFrom: '2032-04-01T22:00:00.000Z' });
    expect(back).not.toHaveProperty('deletionRequestedAt');
  });

  test('does not come back with a death that was told wrongly; the end after a death stays', () => {
    const dead = withdrawn(deceased(of('father'), death, delays));
    const to = deletionStopped(dead, acting(), delays);
    if (to?.status !== 'deceased') throw new Error('not dead any more');
    expect(to.deleteFrom).toBe(dead.status === 'deceased' ? dead.deleteFrom : '');
    const back = restored(to, { reference: 'r10', at, delays, termDays: 42 });
    expect(back).toMatchObject({ status: 'closed', deleteFrom: '2032-04-01T22:00:00.000Z' });
    const two = withdrawn(deceased(of('father', 'mother'), death, delays));
    expect(deletionStopped(two, acting('mother'), delays)).toBeUndefined();
    const open = { ...person.activated, child, guardians: [{ holder: 'father', since }] };
    expect(
      deletionStopped(withdrawn(deceased(open, death, delays)), acting(), delays),
    ).toBeUndefined();
  });

  test.each([
    ['closed', { ...person.closed, child }],
    ['activated', { ...person.activated, child }],
    ['deleting', { ...person.deleting, child }],
    ['deleted', { ...person.deleted, child }],
    ['known', { ...person.known, child }],
    ['an adult’s own', person.leaving],
  ] as const)('only where it was asked for and has not begun, of a child: %s', (_, status) => {
    expect(whoMayStop(status)).toBeUndefined();
    expect(deletionStopped(status, acting(), delays)).toBeUndefined();
  });
});

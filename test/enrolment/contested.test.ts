import { describe, expect, test } from 'vitest';
import { contestsFollow, isContested } from '#functions/enrolment/rules/contested.ts';
import { deceased } from '#functions/enrolment/rules/deceased.ts';
import { restored } from '#functions/enrolment/rules/restored.ts';
import { closedAfter, resumed } from '#functions/enrolment/rules/suspended.ts';
import { SuspensionDecision } from '#functions/enrolment/schema-stops.ts';
import type { Status } from '#functions/enrolment/stored.ts';
import { delays, person } from './builders.ts';

const { suspended } = person;
if (suspended.status !== 'suspended') throw new Error('the builder has another state');
const objectedAt = '2022-03-02T09:00:00.000Z';
const contested = { ...suspended, objectedAt };
const at = Date.parse('2022-03-03T09:00:00.000Z');

const follow = (before: readonly (Status | undefined)[], next: readonly Status[]) => {
  const { begin, end } = contestsFollow(before, next);
  return [begin.map(({ holder }) => holder), end.map(({ holder }) => holder)];
};
const { holder } = contested;

describe('ENR-45: who waits for a decision', () => {
  test.each(Object.entries({ ...person, contested }))('of whom is %s', (name, status) => {
    expect(isContested(status)).toBe(name === 'contested');
    expect(isContested(undefined)).toBe(false);
  });

  test('enters the list as he objects, and stays whatever else changes of his record', () => {
    expect(follow([suspended], [contested])).toEqual([[holder], []]);
    expect(follow([contested], [{ ...contested, department: '13' }])).toEqual([[], []]);
    expect(follow([person.activated], [suspended])).toEqual([[], []]);
    expect(follow([undefined], [person.known])).toEqual([[], []]);
  });

  test('leaves it by a decision, either way', () => {
    expect(follow([contested], [resumed(contested, at)])).toEqual([[], [holder]]);
    const closed = closedAfter(contested, { by: 'decision', at, delays });
    expect(follow([contested], [closed])).toEqual([[], [holder]]);
  });

  test('ENR-46: leaves it by a death, and is back where that was told wrongly', () => {
    const death = {
      diedOn: '2022-03-01',
      proof: 'insurer',
      reference: 'r9',
      recordedAt: at,
    } as const;
    const dead = deceased(contested, death, delays);
    expect(follow([contested], [dead])).toEqual([[], [holder]]);
    const back = restored(dead, { reference: 'r10', at, delays, termDays: 42 });
    expect(follow([dead], [back])).toEqual([[holder], []]);
  });

  test('ENR-20: goes with the state that counts to the record that takes his in, and back with it', () => {
    const [into, other] = [
      { ...person.known, holder: 'b' },
      { ...contested, holder: 'b' },
    ];
    expect(follow([into, contested], [other])).toEqual([['b'], []]);
    expect(follow([other], [contested, into])).toEqual([[holder], []]);
    // Of two that wait one state counts.
    const second = {
      ...{ ...contested, holder: 'c' },
      suspension: { ...contested.suspension, reference: 'r7' },
    };
    expect(follow([contested, second], [contested])).toEqual([[], ['c']]);
    expect(follow([contested], [contested, second])).toEqual([['c'], []]);
  });

  test('suspended anew, he has objected to nothing yet', () => {
    const anew = { ...suspended, suspension: { ...suspended.suspension, reference: 'r8' } };
    expect(follow([contested], [anew])).toEqual([[], [holder]]);
  });
});

describe('ENR-45: a decision names a person or a reference', () => {
  const named = { nir: '269059900100106', birthDate: '1969-05-01' };
  const reference = 'a'.repeat(26);
  test.each([
    [{ ...named, decision: 'resume' }, true],
    [{ reference, decision: 'close' }, true],
    [{ ...named, reference, decision: 'close' }, false],
    [{ reference: 'a'.repeat(25), decision: 'close' }, false],
    [{ reference, decision: 'other' }, false],
    [{ decision: 'close' }, false],
  ])('%j: %s', (body, taken) => {
    expect(SuspensionDecision.safeParse(body).success).toBe(taken);
  });
});

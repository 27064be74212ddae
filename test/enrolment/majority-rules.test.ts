import { describe, expect, test } from 'vitest';
import { dueOf } from '#functions/enrolment/due.ts';
import { recognise } from '#functions/enrolment/rules/judge-attempt.ts';
import { guardiansOf } from '#functions/enrolment/rules/judge-child.ts';
import {
  cameOfAge,
  endsInTime,
  isOfGuardians,
  majorityStep,
  nextMajorityAt,
} from '#functions/enrolment/rules/majority.ts';
import { nextStep, nextStepAt } from '#functions/enrolment/rules/next-step.ts';
import { Status } from '#functions/enrolment/stored.ts';
import { parisBounds } from '#shared/kernel/calendar.ts';
import { current, person } from './builders.ts';

const adultOn = '2022-07-01';
const adultAt = parisBounds(adultOn).begin;
const child = {
  ...{ tag: 't', attachedTo: 'parent', adultOn },
  remindOn: ['2022-04-02', '2022-06-01'],
};
const guardians = [
  { holder: 'mother', since: '2022-02-09T09:00:00.000Z' },
  { holder: 'father', since: '2022-02-10T09:00:00.000Z' },
];
const active: Status = { ...person.activated, child, guardians };
const iso = (at: number) => new Date(at).toISOString();
const begins = (day: string) => parisBounds(day).begin;
const step = (status: Status, at: number) => majorityStep(status, at)?.is;

describe('MIN-5: what the clock does about a majority', () => {
  test('guardians are reminded on two days, and leave at midnight in Paris, not a millisecond before', () => {
    expect(step(active, begins('2022-04-02') - 1)).toBeUndefined();
    expect(step(active, begins('2022-04-02'))).toBe('remind-majority');
    const once: Status = { ...active, majorityToldOn: '2022-04-02' };
    expect(step(once, begins('2022-06-01') - 1)).toBeUndefined();
    expect(step(once, begins('2022-06-01'))).toBe('remind-majority');
    const twice: Status = { ...active, majorityToldOn: '2022-06-01' };
    expect(step(twice, adultAt - 1)).toBeUndefined();
    expect(step(twice, adultAt)).toBe('come-of-age');
    expect(nextMajorityAt(twice)).toBe(iso(adultAt));
  });

  test('of reminders that were missed one is sent, and none from the birthday on', () => {
    const late = begins('2022-06-10');
    expect(step(active, late)).toBe('remind-majority');
    expect(step({ ...active, majorityToldOn: '2022-06-10' }, late + 1)).toBeUndefined();
    expect(step(active, adultAt)).toBe('come-of-age');
    expect(step({ ...active, child: { ...child, remindOn: [adultOn] } }, adultAt - 1)).toBe(
      undefined,
    );
  });

  test('a record from before reminders were kept comes of age all the same', () => {
    const { remindOn: _, ...older } = child;
    expect(nextMajorityAt({ ...active, child: older })).toBe(iso(adultAt));
  });

  test.each([
    ['suspended', person.suspended],
    ['closed', person.closed],
    ['deletion-requested', person.leaving],
  ] as const)('of a record that is %s the guardians leave as well, unannounced', (_, status) => {
    const of: Status = { ...status, child, guardians };
    expect(step(of, adultAt - 1)).toBeUndefined();
    expect(step(of, adultAt)).toBe('come-of-age');
    expect(guardiansOf(cameOfAge(of, { at: adultAt, informBy: 'mail' }))).toEqual([]);
    expect(nextMajorityAt({ ...status, child })).toBeUndefined();
  });

  test.each([
    ['open', person.open],
    ['opposed', person.opposed],
  ] as const)('what was decided for a minor is told him when he is of age: %s', (_, status) => {
    const of: Status = { ...status, child };
    expect(step(of, adultAt)).toBe('come-of-age');
    const grown = cameOfAge(of, { at: adultAt, informBy: 'letter' });
    expect(grown).toMatchObject({ status: status.status, informBy: 'letter' });
    expect(nextMajorityAt(grown)).toBeUndefined();
    // Who was told of it himself is told nothing more.
    const own = { ...child, adultOn: '2022-02-07' };
    expect(nextMajorityAt({ ...status, child: own })).toBeUndefined();
  });

  test('nothing is done about an adult, a dead child, a deletion that has begun, or somebody nobody was told of', () => {
    expect(nextMajorityAt(person.activated)).toBeUndefined();
    for (const of of [person.known, person.deleting, person.deleted, person.deceased])
      expect(nextMajorityAt({ ...of, child })).toBeUndefined();
  });

  test('a corrected birth date moves the step, and a step that was done is not done again', () => {
    const moved: Status = { ...active, child: { ...child, adultOn: '2023-07-01' } };
    expect(step({ ...moved, majorityToldOn: '2022-06-01' }, adultAt)).toBeUndefined();
    const grown = cameOfAge(active, { at: adultAt, informBy: 'mail' });
    expect(nextMajorityAt(grown)).toBeUndefined();
  });
});

describe('MIN-5: a record at its holder’s majority', () => {
  test('is without guardians and stays as it is; who they were is kept to tell them', () => {
    const grown = cameOfAge(
      {
        ...active,
        second: { invitation: 'i', holder: 'x', until: iso(adultAt), state: 'waiting' },
      },
      { at: adultAt, informBy: 'letter' },
    );
    expect(grown).toMatchObject({
      ...{ status: 'activated', choices: person.activated.choices, informBy: 'letter' },
      ...{ cameOfAgeAt: iso(adultAt), child: { former: ['mother', 'father'] } },
    });
    for (const gone of ['guardians', 'second']) expect(grown).not.toHaveProperty(gone);
    expect(Status.parse(grown)).toEqual(grown);
    expect(dueOf(grown)).toBeUndefined();
  });

  test('R1111-28: an invitation whose deadline would end after it opens nothing, and begins anew', () => {
    const { deadlineAt } = person.invited;
    const ends = (adult: string) =>
      endsInTime({ ...person.invited, child: { ...child, adultOn: adult } });
    // The deadline ends with the 21st of March: of age from the 22nd on it ran as a minor's.
    expect(deadlineAt).toBe(iso(begins('2022-03-22') - 1));
    expect([ends('2022-03-22'), ends('2022-03-21')]).toEqual([true, false]);
    const of = (adult: string): Status => ({
      ...person.invited,
      child: { ...child, adultOn: adult },
    });
    expect(dueOf(of('2022-03-22'))?.duePk).toMatch(/^DUE#/);
    // An opening reads nobody: the index itself says when he comes of age, if he does as a minor.
    expect(dueOf(of('2022-03-22'))?.adultOn).toBe('2022-03-22');
    expect(dueOf(of('2022-02-07'))).not.toHaveProperty('adultOn');
    const crossing = of('2022-03-21');
    expect(dueOf(crossing)).toMatchObject({ duePk: expect.stringMatching(/^ERASE#/) });
    const at = begins('2022-03-21');
    expect([step(crossing, at - 1), step(crossing, at)]).toEqual([undefined, 'come-of-age']);
    const grown = cameOfAge(crossing, { at, informBy: 'letter' });
    expect(grown).toMatchObject({ status: 'invited', uninformed: 'readdressed' });
    expect(dueOf(grown)?.duePk).toMatch(/^PRINT#/);
    // Informed as an adult: his own deadline, whatever day he came of age.
    expect(ends('2022-02-07')).toBe(true);
  });

  test('ENR-23: a block that his guardian made ends, as does a frozen code', () => {
    const blocked: Status = { ...person.frozen, child, blocked: true };
    const grown = cameOfAge(blocked, { at: adultAt, informBy: 'mail' });
    expect(step(blocked, adultAt)).toBe('come-of-age');
    for (const gone of ['blocked', 'frozen']) expect(grown).not.toHaveProperty(gone);
    const left = cameOfAge({ ...blocked, leftAt: iso(adultAt) }, { at: adultAt, informBy: 'mail' });
    expect(left).toMatchObject({ uninformed: 'left' });
  });

  test('what his guardians were sent is no code of his, from midnight on', () => {
    const { remindOn: _r, ...facts } = child;
    const status: Status = { ...person.open, child: facts };
    const before = { ...current, sentAt: iso(adultAt - 1), validUntil: iso(adultAt + 1e9) };
    const own = { ...before, sentAt: iso(adultAt) };
    const judge = (code: typeof before, at: number) =>
      recognise(
        {
          ...{ status, code, cardFits: true, codeFits: true, claimFits: true },
          ...{ softFailures: 0, ownHardFailures: 0, receivedAt: iso(at) },
        },
        { softPerHour: 5, hard: 10 },
      );
    expect(judge(before, adultAt - 1)).toMatchObject({ is: 'recognised' });
    expect(judge(before, adultAt)).toMatchObject({ is: 'not-recognised', reason: 'no-code' });
    expect(judge(own, adultAt)).toMatchObject({ is: 'recognised' });
    expect(isOfGuardians({}, before, iso(adultAt))).toBe(false);
  });
});

test('MIN-5, ENR-43: of two things that wait the earlier one is next', () => {
  const leaving: Status = { ...person.leaving, child, guardians };
  expect(nextStepAt(leaving)).toBe(person.leaving.remindFrom);
  const late: Status = { ...person.closed, child, guardians };
  expect(nextStepAt(late)).toBe(iso(adultAt));
  expect(nextStep(late, adultAt)).toMatchObject({ is: 'come-of-age' });
  expect(nextStep(cameOfAge(late, { at: adultAt, informBy: 'mail' }), adultAt)).toBeUndefined();
});

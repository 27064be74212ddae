import { describe, expect, test } from 'vitest';
import { dueOf } from '#functions/enrolment/due.ts';
import { deadlineRuns } from '#functions/enrolment/rules/deadline-runs.ts';
import { judgeBrought } from '#functions/enrolment/rules/judge-brought-objection.ts';
import {
  givenBack,
  missingSights,
  withdrawn,
  withdrawnByAll,
} from '#functions/enrolment/rules/judge-guardianship.ts';
import { informs, isToBeWrittenTo } from '#functions/enrolment/rules/letter-due.ts';
import { cameOfAge, majorityStep } from '#functions/enrolment/rules/majority.ts';
import { mayRequestCode } from '#functions/enrolment/rules/may-request-code.ts';
import {
  awaitsGuardian,
  isUnrepresented,
  toldAnew,
  uninformedAt,
} from '#functions/enrolment/rules/unrepresented.ts';
import { GuardianshipRequest } from '#functions/enrolment/schema-guardianship.ts';
import { Status } from '#functions/enrolment/stored.ts';
import { person } from './builders.ts';

const child = { tag: 't', attachedTo: 'father', adultOn: '2033-05-12' };
const barred = { ...child, barred: ['father'] };
const now = Date.parse('2022-02-20T09:00:00.000Z');
const since = '2022-02-09T09:00:00.000Z';
const midnight = Date.parse('2033-05-11T22:00:00.000Z');

describe('MIN-2: what waits through who lost his authority is void', () => {
  const until = '2022-03-11T22:59:59.999Z';
  const second = {
    invitation: 'i',
    holder: 'aunt',
    by: 'father',
    until,
    state: 'waiting',
  } as const;
  const of = (change: object, guardians = ['father', 'mother']) => ({
    ...{ ...person.activated, child, second: { ...second, ...change } },
    guardians: guardians.map((holder) => ({ holder, since })),
  });
  test.each([
    ['his own', {}, false],
    ['one whose maker nobody kept', { by: undefined }, false],
    ['one that names him', { by: 'mother', holder: 'father' }, false],
    ['that by which he came in', { by: 'mother', holder: 'father', state: 'accepted' }, false],
    ['another guardian’s', { by: 'mother' }, true],
    ['his own, which was accepted while he might invite', { state: 'accepted' }, true],
  ] as const)('an invitation: %s', (_, change, isKept) => {
    const out = withdrawn(of(change), 'father');
    expect(out && 'second' in out).toBe(isKept);
    expect(out).toMatchObject({ guardians: [{ holder: 'mother' }] });
  });

  test('also where a death was told: what comes back holds neither place, nor invitation, nor wish', () => {
    const closing = { reference: 'w', by: 'father', deletion: false, until, state: 'waiting' };
    const before = { ...of({}), closing } as const;
    const { status: _s, ...rest } = person.known;
    const dead = {
      ...{ ...rest, status: 'deceased', child, diedOn: '2022-02-10', before },
      death: { reference: 'd', recordedAt: since, proof: 'death-certificate' },
      deleteFrom: '2032-02-10T00:00:00.000Z',
    };
    const out = withdrawn(Status.parse(dead), 'father');
    const back = out?.status === 'deceased' ? out.before : undefined;
    expect(back && ['second' in back, 'closing' in back]).toEqual([false, false]);
    expect(back).toMatchObject({ guardians: [{ holder: 'mother' }] });
  });

  test('his wish to close is void, the other guardian’s is not', () => {
    const closing = { reference: 'w', deletion: true, until, state: 'waiting' } as const;
    const his = withdrawn({ ...of({}), closing: { ...closing, by: 'father' } }, 'father');
    expect(his && 'closing' in his).toBe(false);
    const hers = withdrawn({ ...of({}), closing: { ...closing, by: 'mother' } }, 'father');
    expect(hers).toMatchObject({ closing: { by: 'mother' } });
  });
});

describe('MIN-2: nobody is told in a minor’s place whose guardian lost his authority', () => {
  test('until midnight in Paris of his majority, unless that is recorded already', () => {
    expect(isUnrepresented({ child: barred }, midnight - 1)).toBe(true);
    expect(isUnrepresented({ child: barred }, midnight)).toBe(false);
    expect(isUnrepresented({ child: barred, cameOfAgeAt: since }, now)).toBe(false);
    expect(isUnrepresented({ child }, now)).toBe(false);
    expect(isUnrepresented({ child: { ...child, barred: ['mother'] } }, now)).toBe(false);
    expect(isUnrepresented({}, now)).toBe(false);
  });

  test.each([
    ['known, by mail', { ...person.known, wave: undefined }],
    ['known, by letter', { ...person.known, informBy: 'letter', wave: undefined }],
    ['known, left to a letter', { ...person.known, informBy: 'letter' }],
    ['invited', person.invited],
    ['invited, whose information came back', person.bounced],
  ] as const)(
    '%s: stands in the index for the majority only, and again when restored',
    (_, one) => {
      const before = { ...one, child };
      const out = withdrawnByAll(before, ['father'], now);
      if (!out) throw new Error('withdrawn');
      expect(dueOf(out)).toMatchObject({ duePk: expect.stringMatching(/^ERASE#/) });
      expect(dueOf(out)?.dueSk).toMatch(/^2033-05-11T22:00:00.000Z#/);
      expect([isToBeWrittenTo(out), awaitsGuardian(out), informs(out)]).toEqual([
        false,
        true,
        true,
      ]);
      expect(out.status === 'invited' && deadlineRuns(out)).toBe(false);
      const back = givenBack(out, ['father']);
      if (typeof back === 'string') throw new Error(back);
      expect(dueOf(back)?.duePk).toMatch(
        out.status === 'invited' ? /^PRINT#/ : (dueOf(before)?.duePk.split('#')[0] ?? /nowhere/),
      );
      // The insurance body attaches the child to the other parent.
      const other = { ...out, child: { ...barred, attachedTo: 'mother' } };
      expect(dueOf(other)?.duePk).toMatch(/^(PRINT|INVITE|LETTER)#/);
    },
  );

  test('who was informed himself, of age, does not wait; nor does who was told of since he came of age', () => {
    const informedAt = '2033-05-11T22:00:00.000Z';
    const deadlineAt = '2033-06-22T21:59:59.999Z';
    const grown = { ...person.invited, child: barred, informedAt, deadlineAt };
    expect([awaitsGuardian(grown), deadlineRuns(grown)]).toEqual([false, true]);
    expect(dueOf(grown)?.duePk).toMatch(/^DUE#/);
  });

  test('MIN-5 whose guardian could not be told is found at his majority, and is informed then', () => {
    const waits = { ...person.known, wave: undefined, child: barred };
    expect(majorityStep(waits, midnight - 1)).toBe(undefined);
    expect(majorityStep(waits, midnight)?.is).toBe('come-of-age');
    const grown = cameOfAge(waits, { at: midnight, informBy: 'mail' });
    expect(grown).toMatchObject({ status: 'known', cameOfAgeAt: '2033-05-11T22:00:00.000Z' });
    expect(dueOf(grown)?.duePk).toMatch(/^INVITE#/);
    expect(majorityStep(grown, midnight)).toBe(undefined);
  });

  test('a letter in print is void; who is informed by another row’s guardian is informed anew', () => {
    const letter = { batch: 'b', reference: 'r' };
    const inPrint = { ...person.known, informBy: 'letter', letter, child: barred } as const;
    expect(uninformedAt(inPrint, now)).not.toHaveProperty('letter');
    expect(uninformedAt(inPrint, midnight)).toBe(inPrint);
    const posted = { ...letter, postedOn: '2022-02-07' };
    const invited = uninformedAt({ ...person.invited, letter: posted, child: barred }, now);
    expect(invited).toMatchObject({ uninformed: 'readdressed' });
    expect(invited).not.toHaveProperty('letter');
    const left = { ...person.invited, leftAt: since, child: barred };
    expect(uninformedAt(left, now)).toMatchObject({ uninformed: 'left' });
    const open = { ...person.open, letter: posted, child: barred };
    expect(uninformedAt(open, now)).toBe(open);
  });
});

describe('MIN-2, ENR-12, ENR-40: what is asked for in such a minor’s name', () => {
  const asking = {
    ...{ code: undefined, claimFits: true, cardFits: true, birthFits: true, asked: 0 },
    ...{ status: { ...person.open, child: barred }, receivedAt: now },
  };
  const limits = { softPerHour: 5, resendSeconds: 30 };
  test.each(['mail', 'letter', 'sms'] as const)('no code by %s, but to himself', (by) => {
    expect(mayRequestCode({ ...asking, by }, limits)).toBe('not-guardian');
    const other = { ...person.open, child: { ...barred, attachedTo: 'mother' } };
    expect(mayRequestCode({ ...asking, by, status: other }, limits)).toBe('yes');
    expect(mayRequestCode({ ...asking, by, receivedAt: midnight }, limits)).toBe('yes');
    expect(mayRequestCode({ ...asking, by, birthFits: false }, limits)).toBe('birth-mismatch');
    if (by === 'mail') expect(mayRequestCode({ ...asking, by, byMinor: true }, limits)).toBe('yes');
  });

  test('no objection through an agent, nor the proof of one again', () => {
    const brought = {
      ...{ birthFits: true, cardFits: true, madeOn: '2022-02-20', receivedAt: now },
      importedAt: Date.parse('2022-01-01T09:00:00.000Z'),
    };
    const told = { is: 'told', reason: 'not-guardian' };
    for (const status of [person.known, person.invited, person.opposed])
      expect(judgeBrought({ ...brought, status: { ...status, child: barred } })).toEqual(told);
    const other = { ...person.invited, child: { ...barred, attachedTo: 'mother' } };
    expect(judgeBrought({ ...brought, status: other })).toMatchObject({ is: 'object' });
    const strange = { ...person.invited, child: barred };
    expect(judgeBrought({ ...brought, birthFits: false, status: strange }).is).toBe('unknown');
  });
});

describe('MIN-2: a withdrawal is undone', () => {
  const two = ['father', 'mother'].map((holder) => ({ holder, since }));
  const out = withdrawnByAll({ ...person.activated, child, guardians: two }, ['father', 'f2'], now);
  if (!out) throw new Error('withdrawn');

  test('by all his names; his place is not given back, and the same order again is known', () => {
    const back = givenBack(out, ['father', 'f2']);
    if (typeof back === 'string') throw new Error(back);
    expect(back.child).not.toHaveProperty('barred');
    expect(back).toMatchObject({ guardians: [{ holder: 'mother' }] });
    expect(givenBack(back, ['father'])).toBe('repeat');
    // Withdrawn once more it is undone once more.
    const again = withdrawnByAll(back, ['father', 'f2'], now);
    expect(again?.child).toMatchObject({ barred: ['father', 'f2'] });
    expect(again?.child).not.toHaveProperty('restored');
  });

  test('of who had lost nothing it is refused; another’s stays', () => {
    expect(givenBack(out, ['mother'])).toBe('not-withdrawn');
    const both = withdrawnByAll(out, ['mother'], now);
    const back = both && givenBack(both, ['mother']);
    expect(back).toMatchObject({ child: { barred: ['father', 'f2'], restored: ['mother'] } });
  });

  test('needs a decision, or that it was entered by mistake; a withdrawal needs the decision', () => {
    const at = '2022-02-01';
    for (const check of ['court-order', 'entered-in-error'] as const)
      expect(missingSights({ order: 'restore', checks: [check] }, at)).toEqual([]);
    expect(missingSights({ order: 'restore', checks: ['identity-paper'] }, at)).toHaveLength(1);
    expect(missingSights({ order: 'withdraw', checks: ['entered-in-error'] }, at)).toEqual([
      ['court-order'],
    ]);
    const asked = { order: 'restore', nir: '1'.repeat(15), birthDate: '2015-06-15' };
    const given = { ...asked, channel: 'desk', checks: ['court-order'] };
    expect(GuardianshipRequest.safeParse(given).success).toBe(false);
  });
});

describe('ENR-4, MIN-1: a row that attaches a minor to another guardian', () => {
  const former = { ...child, attachedTo: 'mother' };
  const moved = (status: object) => Status.parse({ ...status, child });
  const letter = { batch: 'b', reference: 'r' };

  test('has the new one informed, by letter: no deadline runs, and what is in print is void', () => {
    const told = toldAnew(moved({ ...person.invited, letter }), { former, names: ['father'] });
    expect(told).toMatchObject({ status: 'invited', uninformed: 'readdressed' });
    expect(told).not.toHaveProperty('letter');
    expect(isToBeWrittenTo(told)).toBe(true);
    const known = toldAnew(moved({ ...person.known, letter }), { former, names: ['father'] });
    expect(known).not.toHaveProperty('letter');
  });

  test.each([
    ['the same guardian', { former: child, names: ['father'] }],
    ['one under another of his names', { former, names: ['father', 'mother'] }],
    ['who was attached to nobody', { former: undefined, names: ['father'] }],
  ])('changes nothing of %s', (_, by) => {
    const status = moved(person.invited);
    expect(toldAnew(status, by)).toBe(status);
  });

  test.each(['opposed', 'open', 'activated'] as const)('nor of a record that is %s', (word) => {
    const status = moved(person[word]);
    expect(toldAnew(status, { former, names: ['father'] })).toEqual(status);
  });
});

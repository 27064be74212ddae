import { describe, expect, test } from 'vitest';
import {
  isSamePerson,
  judgeAnswer,
  judgeWithdrawal,
  mayInvite,
  stateOf,
} from '#functions/enrolment/rules/judge-second.ts';
import { person } from './builders.ts';

const until = '2022-03-09T22:59:59.999Z';
const later = '2022-03-09T23:00:00.000Z';
const second = { invitation: 'i', holder: 'two', until, state: 'waiting' } as const;
const one = { holder: 'one', since: '2022-02-07T09:00:00.000Z' };

describe('MIN-2: an invitation of a second guardian', () => {
  test('waits until its last millisecond, and is over one later', () => {
    expect([stateOf(second, until), stateOf(second, later)]).toEqual(['WAITING', 'EXPIRED']);
    expect(stateOf({ ...second, state: 'accepted' }, later)).toBe('VALIDATED');
    expect(stateOf({ ...second, state: 'refused' }, later)).toBe('REFUSED');
    expect(stateOf({ ...second, state: 'withdrawn' }, until)).toBe('WITHDRAWN');
  });

  test('is taken back while it waits; once more is the same, and what was answered is none', () => {
    expect(judgeWithdrawal(second, until)).toBe('withdraw');
    expect(judgeWithdrawal({ ...second, state: 'withdrawn' }, later)).toBe('repeat');
    for (const none of [undefined, { ...second, state: 'accepted' as const }])
      expect(judgeWithdrawal(none, until)).toBe('unknown-invitation');
    expect(judgeWithdrawal({ ...second, state: 'refused' }, until)).toBe('unknown-invitation');
    expect(judgeWithdrawal(second, later)).toBe('unknown-invitation');
  });

  test('is one at a time, and only while there is one guardian', () => {
    const child = { ...person.activated, guardians: [one] };
    expect(mayInvite(child, until)).toBe('invite');
    expect(mayInvite({ ...child, second }, until)).toBe('invitation-waits');
    expect(mayInvite({ ...child, second }, later)).toBe('invite');
    for (const state of ['refused', 'withdrawn'] as const)
      expect(mayInvite({ ...child, second: { ...second, state } }, until)).toBe('invite');
    const two = [one, { ...one, holder: 'two' }];
    expect(mayInvite({ ...child, guardians: two }, until)).toBe('two-guardians');
  });

  test.each([
    ['accept', { accepts: true }],
    ['refuse', { accepts: false }],
    ['unknown-invitation', { accepts: true, at: later }],
    ['unknown-invitation', { accepts: false, at: later }],
    ['repeat', { accepts: true, second: { ...second, state: 'accepted' } as const, at: later }],
    ['unknown-invitation', { accepts: false, second: { ...second, state: 'accepted' } as const }],
    ['repeat', { accepts: false, second: { ...second, state: 'refused' } as const }],
    ['unknown-invitation', { accepts: true, second: { ...second, state: 'refused' } as const }],
    ['unknown-invitation', { accepts: true, second: { ...second, state: 'withdrawn' } as const }],
    ['two-guardians', { accepts: true, guardians: [one, { ...one, holder: 'three' }] }],
    // His other record, which was merged since, has a place already.
    ['unknown-invitation', { accepts: true, names: ['two', 'one'] }],
    ['refuse', { accepts: false, names: ['two', 'one'] }],
    ['accept', { accepts: true, names: ['two', 'former'] }],
  ])('%s (%#)', (verdict, change) => {
    const asked = { second, guardians: [one], names: ['two'], accepts: true, at: until };
    expect(judgeAnswer({ ...asked, ...change })).toBe(verdict);
  });

  test('names the person as the insurance body does, but for accents, case and hyphens', () => {
    const known = { birthName: 'LÉGER-DUPONT', givenNames: 'Anne-Zoé, Marie' };
    expect(isSamePerson({ birthName: 'Leger Dupont', firstName: 'anne zoe' }, known)).toBe(true);
    expect(isSamePerson({ birthName: 'LÉGER', firstName: 'Anne-Zoé' }, known)).toBe(false);
    expect(isSamePerson({ birthName: 'LÉGER-DUPONT', firstName: 'Marie' }, known)).toBe(false);
  });
});

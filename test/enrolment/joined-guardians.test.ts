import { describe, expect, test } from 'vitest';
import { absorbed } from '#functions/enrolment/absorbed.ts';
import { parted } from '#functions/enrolment/parted.ts';
import { joinedGuardians, notJoined } from '#functions/enrolment/rules/joined-guardians.ts';
import { guardiansOf } from '#functions/enrolment/rules/judge-child.ts';
import { Status } from '#functions/enrolment/stored.ts';
import { delays, person } from './builders.ts';

const at = '2022-06-01T09:00:00.000Z';
const since = at;
const noAccountOf = (holder: string) => `nobody-of-${holder}`;
/** Whose two records were merged: one person by two names. */
const twoNames = ['mother', 'mother-before'];
const namesFor = (holder: string) => (twoNames.includes(holder) ? twoNames : [holder]);

interface Having {
  readonly guardians?: readonly string[];
  readonly barred?: readonly string[];
  readonly change?: object;
  readonly child?: object;
  readonly as?: Status;
}

const recordOf = (holder: string, having: Having): Status => {
  const { guardians, barred, change, child, as = person.activated } = having;
  return Status.parse({
    ...{ ...as, holder, version: 3, headSeq: 5 },
    ...('linkTag' in as ? { linkTag: noAccountOf(holder) } : {}),
    child: {
      ...{ tag: `by-${holder}`, attachedTo: 'mother', adultOn: '2033-06-15' },
      ...(barred ? { barred } : {}),
      ...child,
    },
    ...(guardians ? { guardians: guardians.map((one) => ({ holder: one, since })) } : {}),
    ...change,
  });
};
const names = (status: Status) => guardiansOf(status).map(({ holder }) => holder);

function joined(one: Having, other: Having, wins: 'first' | 'second' = 'first') {
  const [first, second] = [recordOf('first', one), recordOf('second', other)];
  const absorbing = { wins, reference: 'm', at, nirTag: 'n', noAccountOf, namesFor };
  return { first, second, wins, now: absorbed(first, second, absorbing) };
}

function apart(of: ReturnType<typeof joined>, now = of.now) {
  const { first, second, wins } = of;
  const signpost = {
    ...{ holder: 'second', mergedInto: 'first', reference: 'm', mergedAt: at, version: 7 },
    ...{ headSeq: 10, headHash: 'G'.repeat(43), before: second, intoBefore: first },
    ...{ wins, gaveContacts: false, barred: of.now.child?.barred ?? [] },
  };
  return parted(now, signpost, {
    ...{ at: Date.parse('2022-07-01T09:00:00Z'), termDays: 42, noAccountOf },
    delays,
    partedFrom: { holder: 'first', reference: 'p', mergedAt: at, at: '2022-07-01T09:00:00.000Z' },
  });
}

const waiting = (by: string, state = 'waiting') => ({
  closing: { reference: 'w', by, deletion: false, state, until: '2022-06-20T21:59:59.999Z' },
});
const invited = (holder: string, invitation = 'i', state = 'waiting') => ({
  second: { invitation, holder, until: '2022-06-30T21:59:59.999Z', state },
});

describe('MIN-2, ENR-20: guardians of two records of one child', () => {
  test.each(['first', 'second'] as const)('act in both together (%s counts)', (wins) => {
    const of = joined({ guardians: ['mother'] }, { guardians: ['father'] }, wins);
    expect(names(of.now).toSorted()).toEqual(['father', 'mother']);
    const { into, from } = apart(of);
    expect([names(into), names(from)]).toEqual([['mother'], ['father']]);
  });

  test('have one place each, by whichever of their names', () => {
    const of = joined({ guardians: ['mother'] }, { guardians: ['mother-before', 'father'] });
    expect(names(of.now)).toEqual(['mother', 'father']);
    const { into, from } = apart(of);
    expect([names(into), names(from)]).toEqual([['mother'], ['mother-before', 'father']]);
  });

  test('are two at most: a third one keeps the records apart', () => {
    const of = (second: string[]) => ({
      first: recordOf('first', { guardians: ['mother', 'father'] }),
      second: recordOf('second', { guardians: second }),
      ...{ wins: 'first' as const, namesFor },
    });
    expect(notJoined(of(['third']))).toBe('too-many-guardians');
    expect(notJoined(of(['father', 'mother-before']))).toBeUndefined();
    expect(joinedGuardians(of(['father']))).toHaveLength(2);
  });

  test('come back to nobody who is of age', () => {
    const grown = { change: { cameOfAgeAt: at } };
    const of = joined(grown, { guardians: ['mother'] });
    expect(of.now).not.toHaveProperty('guardians');
    const two = joined(grown, grown);
    expect(two.now).not.toHaveProperty('guardians');
    expect(apart(two).from).not.toHaveProperty('guardians');
  });

  test('the guardians of an open record’s other half are its own again only', () => {
    const of = joined({ as: person.open }, { guardians: ['mother'] }, 'second');
    expect(names(of.now)).toEqual(['mother']);
    const { into, from, goesBack } = apart(of);
    expect([goesBack, into.status, names(into), names(from)]).toEqual([
      ...[true, 'open', [], ['mother']],
    ]);
  });
});

describe('MIN-2, ENR-20: whose authority was taken in one of two records', () => {
  test.each<[Having, Having]>([
    [{ guardians: ['mother'], barred: ['father'] }, { guardians: ['father'] }],
    [{ guardians: ['father'] }, { guardians: ['mother'], barred: ['father'] }],
  ])('is out of both, until they are parted', (one, other) => {
    const of = joined(one, other);
    expect(names(of.now)).toEqual(['mother']);
    expect(of.now.child?.barred).toEqual(['father']);
    const { into, from } = apart(of);
    expect([names(into), names(from)]).toEqual([one.guardians, other.guardians]);
    expect([into.child?.barred, from.child?.barred]).toEqual([one.barred, other.barred]);
  });

  test('is out by every name: no code lets him in to whom the record is attached', () => {
    const of = joined({ guardians: ['mother'] }, { barred: ['mother-before'], guardians: [] });
    expect(names(of.now)).toEqual([]);
    expect(of.now.child?.barred).toContain('mother');
    expect(apart(of).into.child?.barred).toBeUndefined();
  });

  test('meanwhile is out of both afterwards', () => {
    const of = joined({ guardians: ['mother'] }, { guardians: ['father'] });
    const { child } = of.now;
    const now = Status.parse({
      ...{ ...of.now, child: { ...child, barred: ['father'] } },
      guardians: [{ holder: 'mother', since }],
    });
    const { into, from } = apart(of, now);
    expect([names(into), names(from)]).toEqual([['mother'], []]);
    expect([into.child?.barred, from.child?.barred]).toEqual([['father'], ['father']]);
  });

  test('does not come back with a death that was told wrongly', () => {
    const { before: _b, ...dead } = person.deceased;
    const before = recordOf('first', { guardians: ['mother', 'father'] });
    const of = joined(
      { as: Status.parse({ ...dead, before }) },
      { as: Status.parse({ ...dead, before }), barred: ['father'] },
    );
    expect(of.now.status === 'deceased' && names(of.now.before)).toEqual(['mother']);
  });
});

describe('ENR-23, ENR-20: a block', () => {
  const blocked = { as: person.invited, change: { blocked: true } };
  test.each([
    [blocked, { as: person.invited }],
    [{ as: person.invited }, blocked],
    [{ guardians: ['mother'] }, blocked],
  ])('of either stands in both', (one, other) => {
    expect(joined(one, other).now.blocked).toBe(true);
    expect(joined({ as: person.invited }, { as: person.invited }).now.blocked).toBeUndefined();
  });

  test('that was the other one’s ends with the parting, and who stood still is informed anew', () => {
    const of = joined({ as: person.invited }, blocked);
    const { into, from } = apart(of);
    expect([into.blocked, from.blocked]).toEqual([undefined, true]);
    expect(into).toMatchObject({ status: 'invited', uninformed: 'readdressed' });
    expect(into).not.toHaveProperty('letter');
  });
});

describe('MIN-2, ENR-20: what waits in one of two records', () => {
  const both = { guardians: ['mother', 'father'] };
  const of = (one: Having, other: Having) => ({
    ...{ first: recordOf('first', one), second: recordOf('second', other) },
    ...{ wins: 'first' as const, namesFor },
  });

  test('a wish to close keeps them apart as long as it waits', () => {
    const wished = { ...both, change: waiting('mother') };
    expect(notJoined(of(wished, both))).toBe('closure-waits');
    expect(notJoined(of(both, wished))).toBe('closure-waits');
    const stopped = { ...both, change: waiting('mother', 'stopped') };
    expect(notJoined(of(both, stopped))).toBeUndefined();
  });

  test('of a wish since, what one who leaves had asked for is void; his who stays is not', () => {
    const parents = joined({ guardians: ['mother'] }, { guardians: ['father'] });
    const asks = (by: string) => Status.parse({ ...parents.now, ...waiting(by) });
    expect(apart(parents, asks('father')).into).not.toHaveProperty('closing');
    expect(apart(parents, asks('mother')).into).toMatchObject(waiting('mother'));
    expect(apart(parents, asks('father')).from).not.toHaveProperty('closing');
  });

  test('one invitation goes on, as long as there is a place for who is invited', () => {
    const mother = { guardians: ['mother'] };
    const second = { ...mother, change: invited('father') };
    expect(joined(mother, second).now).toMatchObject(invited('father'));
    expect(joined(second, mother).now).toMatchObject(invited('father'));
    const two = joined(second, { ...mother, change: invited('third', 'j') });
    expect(two.now).toMatchObject(invited('father'));
    expect(joined(second, { guardians: ['third'] }).now).not.toHaveProperty('second');
    expect(joined({ guardians: [] }, second).now).toMatchObject(invited('father'));
    expect(joined({ ...mother, barred: ['father'] }, second).now).not.toHaveProperty('second');
    expect(
      joined({ guardians: ['father'] }, { guardians: [], change: invited('father') }).now,
    ).not.toHaveProperty('second');
  });

  test('who accepted it meanwhile is guardian of the record into which he was invited', () => {
    const parents = joined({ guardians: ['mother'] }, { guardians: [], change: invited('father') });
    const accepted = Status.parse({
      ...{ ...parents.now, ...invited('father', 'i', 'accepted') },
      guardians: [...guardiansOf(parents.now), { holder: 'father', since }],
    });
    const { into, from } = apart(parents, accepted);
    expect([names(into), names(from)]).toEqual([['mother'], ['father']]);
    const own = joined({ guardians: ['mother'], change: invited('father') }, { guardians: [] });
    const taken = Status.parse({ ...accepted, guardians: guardiansOf(accepted) });
    expect(names(apart(own, taken).into)).toEqual(['mother', 'father']);
  });
});

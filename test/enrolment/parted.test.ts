import { describe, expect, test } from 'vitest';
import { absorbed } from '#functions/enrolment/absorbed.ts';
import { parted } from '#functions/enrolment/parted.ts';
import { mergedStatus } from '#functions/enrolment/rules/merged-status.ts';
import { Status } from '#functions/enrolment/stored.ts';
import { delays, person } from './builders.ts';

const at = '2022-06-01T09:00:00.000Z';
const nirTag = 'number-2';
const later = Date.parse('2022-07-01T09:00:00Z');
const partedFrom = {
  holder: 'first',
  reference: 'p1',
  mergedAt: at,
  at: '2022-07-01T09:00:00.000Z',
};
const noAccountOf = (holder: string) => `nobody-of-${holder}`;
const anew = { at: later, delays, termDays: 42, partedFrom, noAccountOf };

/** Two records with nothing in common but their state's shape; the second has an account of its own. */
const firstOf = (status: Status) =>
  Status.parse({ ...status, holder: 'first', cardTag: 'card-1', department: '12', headSeq: 5 });
const secondOf = (status: Status) =>
  Status.parse({
    ...{ ...status, holder: 'second', cardTag: 'card-2', department: '31', wave: 'w2', headSeq: 9 },
    ...('linkTag' in status ? { linkTag: 'account-2' } : {}),
  });

/** A merge of two states and what its undoing needs; undefined where the table refuses it. */
function merged(one: Status, other: Status) {
  const [first, second] = [firstOf(one), secondOf(other)];
  const wins = mergedStatus(first, second);
  if (wins.is === 'refused') return undefined;
  const now = absorbed(first, second, { wins: wins.of, reference: 'm1', at, nirTag, noAccountOf });
  const signpost = {
    ...{ holder: 'second', mergedInto: 'first', reference: 'm1', mergedAt: at, version: 7 },
    ...{ headSeq: 10, headHash: 'G'.repeat(43), before: second, intoBefore: first },
    ...{ wins: wins.of, gaveContacts: false },
  };
  return { first, second, now, signpost };
}

const states = Object.entries(person);
const pairs = states.flatMap(([one, first]) =>
  states.flatMap(([other, second]) => {
    const both = merged(first, second);
    return both ? [{ one, other, ...both }] : [];
  }),
);
/** What a state is after it stood still: who was invited is informed anew. */
const anewOf = ({ status }: Status) => (status === 'invited' ? 'known' : status);

describe('ENR-20: a record that took another in', () => {
  test.each(pairs)(
    '$one and $other: who the person is stays, the state is that which counts',
    (both) => {
      const { first, second, now, signpost } = both;
      expect(now).toMatchObject({
        holder: 'first',
        cardTag: 'card-1',
        department: '12',
        headSeq: 5,
      });
      expect(now.status).toBe(signpost.wins === 'first' ? first.status : second.status);
      expect(now.absorbed).toEqual([
        { holder: 'second', reference: 'm1', at, numbers: [nirTag], ...lifeOf(second) },
      ]);
      expect(now.wave).toBe('w1');
    },
  );

  test.each(pairs)('$one and $other, parted at once: each stands as before', (both) => {
    const { first, second, now, signpost } = both;
    const { into, from } = parted(now, signpost, anew);
    expect(into.status).toBe(signpost.wins === 'first' ? first.status : anewOf(first));
    expect(from.status).toBe(anewOf(second));
    expect(into).toMatchObject({ holder: 'first', cardTag: 'card-1', headSeq: 5 });
    expect(into.absorbed).toBeUndefined();
    expect(from).toMatchObject({ holder: 'second', cardTag: 'card-2', headSeq: 10, version: 7 });
    expect(from.partedFrom).toMatchObject(partedFrom);
    expect('linkTag' in from ? from.linkTag : undefined).toBe(
      'linkTag' in second ? second.linkTag : undefined,
    );
  });
});

const lifeOf = ({ life }: Status) => (life === undefined ? {} : { life });
const taken = (one: Status, other: Status) => {
  const both = merged(one, other);
  if (!both) throw new Error('refused');
  return both;
};

describe('ENR-20, MIN-1: records of a child', () => {
  const child = { tag: 'child', attachedTo: 'parent', adultOn: '2030-01-01' };
  const since = '2022-02-09T09:00:00.000Z';
  const guardians = [{ holder: 'parent', since }];
  /** One that was merged into another of his, and both taken apart again; `since` is what changed meanwhile. */
  const joined = (linkTag: string, more: object = {}) => {
    const first = Status.parse({ ...firstOf(person.open), child, ...more });
    const second = Status.parse({ ...secondOf(person.activated), child, linkTag, ...more });
    const wins = 'second' as const;
    const now = absorbed(first, second, { wins, reference: 'm1', at, nirTag, noAccountOf });
    const signpost = {
      ...{ holder: 'second', mergedInto: 'first', reference: 'm1', mergedAt: at, version: 7 },
      ...{ headSeq: 10, headHash: 'G'.repeat(43), before: second, intoBefore: first },
      ...{ wins, gaveContacts: false },
    };
    return { now, partedAs: (then: Status) => parted(then, signpost, anew) };
  };

  test('without an account, what stands for none is the surviving record’s own', () => {
    const { now, partedAs } = joined(noAccountOf('second'), { guardians });
    expect(now).toMatchObject({ status: 'activated', linkTag: noAccountOf('first'), guardians });
    const both = partedAs(now);
    expect(both.goesBack).toBe(true);
    expect(both.from).toMatchObject({ status: 'activated', linkTag: noAccountOf('second') });
    expect(both.into.status).toBe('open');
  });

  test.each([
    ['MIN-4: of a minor, beside his guardians’', { guardians }],
    ['MIN-5: of who is of age by now', { cameOfAgeAt: since }],
  ])('an own account goes on: %s', (_who, more) => {
    const { now, partedAs } = joined('account-2', more);
    expect(now).toMatchObject({ status: 'activated', linkTag: 'account-2', ...more });
    expect(partedAs(now)).toMatchObject({
      ...{ goesBack: true, from: { status: 'activated', linkTag: 'account-2' } },
      into: { status: 'open' },
    });
    // By a code of the surviving record's: each keeps what is his.
    const relinked = Status.parse({ ...now, linkTag: 'account-1' });
    expect(partedAs(relinked)).toMatchObject({
      ...{ goesBack: false, from: { linkTag: 'account-2', partedFrom: { account: 'both' } } },
      into: { linkTag: 'account-1' },
    });
  });

  test('MIN-4: an account that the minor linked since stays with the record whose code he had', () => {
    const { now, partedAs } = joined(noAccountOf('second'), { guardians });
    const both = partedAs(Status.parse({ ...now, linkTag: 'account-1' }));
    expect(both).toMatchObject({
      ...{ goesBack: false, from: { linkTag: noAccountOf('second') } },
      into: { linkTag: 'account-1' },
    });
  });
});

describe('ENR-20: what happened between a wrong merge and its end', () => {
  test('what the second one’s account did is his: his closure goes back with him', () => {
    const { now, signpost } = taken(person.known, person.activated);
    const closed = Status.parse({ ...person.closed, ...now, ...closing });
    const { into, from, goesBack } = parted(closed, signpost, anew);
    expect([into.status, from.status, goesBack]).toEqual(['known', 'closed', true]);
    expect(from.partedFrom?.account).toBe('from');
  });

  test('ENR-43: what an agent took down since waits for neither of them', () => {
    for (const own of [person.open, person.activated, person.closed] as const) {
      const { now, signpost } = taken(person.known, own);
      const both = parted(Status.parse({ ...now, agentClosing }), signpost, anew);
      expect([both.goesBack, both.from.status]).toEqual([true, own.status]);
      expect(both.from).not.toHaveProperty('agentClosing');
      expect(both.into).not.toHaveProperty('agentClosing');
    }
  });

  test('what another account did since, by a code of the first one’s, stays his', () => {
    const { now, signpost } = taken(person.open, person.activated);
    const relinked = Status.parse({ ...now, linkTag: 'account-1' });
    const { into, from, goesBack } = parted(relinked, signpost, anew);
    expect([into.status, from.status, goesBack]).toEqual(['activated', 'activated', false]);
    expect([into, from]).toMatchObject([{ linkTag: 'account-1' }, { linkTag: 'account-2' }]);
    expect(from.partedFrom?.account).toBe('both');
  });

  test('an opening that came from the second one and was activated since is the first one’s', () => {
    const { now, signpost } = taken(person.known, person.open);
    const activated = Status.parse({ ...person.activated, ...now, status: 'activated' });
    const { into, from } = parted(activated, signpost, anew);
    expect([into.status, from.status]).toEqual(['activated', 'open']);
    expect(from.partedFrom?.account).toBe('into');
  });

  test('D42: what stood still begins anew: a cooling time, a term of a suspension', () => {
    const wish = taken(person.deceased, person.deleted);
    expect(parted(wish.now, wish.signpost, anew).from.status).toBe('deleted');
    const leaving = parted(
      firstOf(person.activated),
      { ...wish.signpost, before: secondOf(person.leaving) },
      anew,
    );
    expect(leaving.from).toMatchObject({ deleteFrom: '2022-07-31T22:00:00.000Z' });
    const stopped = parted(
      firstOf(person.activated),
      { ...wish.signpost, before: secondOf(person.suspended) },
      anew,
    );
    expect(stopped.from).toMatchObject({ closeFrom: '2022-08-12T22:00:00.000Z' });
  });

  test('of several that were taken in, only that one leaves', () => {
    const { now, signpost } = taken(person.activated, person.open);
    const other = { holder: 'third', reference: 'm2', at, numbers: ['number-3'] };
    const both = Status.parse({ ...now, absorbed: [...(now.absorbed ?? []), other] });
    expect(parted(both, signpost, anew).into.absorbed).toEqual([other]);
  });
});

/** As an agent takes it down. */
const agentClosing = {
  ...{ reference: 'w1', deletion: true, by: 'agent', channel: 'phone' },
  ...{ checks: ['name'], madeAt: '2022-06-20T09:00:00.000Z', until: '2022-07-05T22:00:00.000Z' },
  state: 'waiting',
};

const closing = {
  ...{ status: 'closed', closedAt: '2022-06-10T09:00:00.000Z' },
  ...{ deleteFrom: '2032-06-10T22:00:00.000Z', remindFrom: '2032-06-03T22:00:00.000Z' },
};

import { describe, expect, test } from 'vitest';
import { absorbed } from '#functions/enrolment/absorbed.ts';
import { begunAnew } from '#functions/enrolment/begun-anew.ts';
import { closureChecks } from '#functions/enrolment/data/closure-checks.ts';
import { closedBy } from '#functions/enrolment/rules/closed-by.ts';
import { closedAfterTerm } from '#functions/enrolment/rules/deletion-delays.ts';
import {
  askedOf,
  judgeAsking,
  judgeCallBack,
  waitingCall,
  withoutCall,
} from '#functions/enrolment/rules/judge-agent-closure.ts';
import { type ClosureCommand, wasOwn } from '#functions/enrolment/rules/judge-closure.ts';
import { mergedStatus } from '#functions/enrolment/rules/merged-status.ts';
import { missingClosureChecks } from '#functions/enrolment/rules/missing-closure-checks.ts';
import { newlyActivated } from '#functions/enrolment/rules/newly-activated.ts';
import { reopened } from '#functions/enrolment/rules/reopened.ts';
import { suspended } from '#functions/enrolment/rules/suspended.ts';
import { Status } from '#functions/enrolment/stored.ts';
import type { AgentClosing } from '#functions/enrolment/stored-agent-closing.ts';
import { delays, person } from './builders.ts';

const askedAt = Date.parse('2022-04-04T09:00:00.000Z');
const until = closedAfterTerm(askedAt, 15);
const at = '2022-04-10T09:00:00.000Z';
const asked: AgentClosing = {
  ...{ reference: 'w'.repeat(26), by: 'first', channel: 'phone', checks: ['name'] },
  ...{ madeAt: '2022-04-04T09:00:00.000Z', deletion: false, until, state: 'waiting' },
};
const ask = (status: Status, change: object = {}) =>
  judgeAsking(status, {
    ...{ deletion: false, channel: 'phone', agent: 'first', at, isMinor: false },
    ...change,
  });
const call = (status: Status, change: object = {}) =>
  judgeCallBack(status, {
    ...{ wish: asked.reference, deletion: false, agrees: true, agent: 'second', at },
    ...{ isMinor: false, ...change },
  });
const waiting: Status = { ...person.open, agentClosing: asked };
const reasonOf = (judged: object) =>
  'reason' in judged ? judged.reason : 'is' in judged && judged.is;
const shut = (from: Status, ...commands: ClosureCommand[]): Status =>
  commands.reduce<Status>(
    (one, command) => closedBy(one, command, { at: askedAt, motive: undefined, delays }),
    from,
  );

describe('ENR-42, ENR-43: what an agent takes down for somebody', () => {
  const expected: Readonly<Record<string, readonly [closing: unknown, deletion: unknown]>> = {
    known: ['not-closable', 'not-closable'],
    invited: ['not-closable', 'not-closable'],
    frozen: ['not-closable', 'not-closable'],
    bounced: ['not-closable', 'not-closable'],
    opposed: ['not-closable', 'not-closable'],
    open: ['may', 'may'],
    activated: ['may', 'may'],
    closed: ['already-closed', 'may'],
    leaving: ['already-closed', 'already-closed'],
    deleting: ['deletion-begun', 'deletion-begun'],
    deleted: ['not-closable', 'not-closable'],
    suspended: ['suspended', 'suspended'],
    deceased: ['deceased', 'deceased'],
  };

  test.each(Object.entries(person))('of somebody who is %s', (name, status) => {
    const told = [false, true].map((deletion) => reasonOf(ask(status, { deletion })));
    expect(told).toEqual(expected[name]);
  });

  test('MIN-2 is never a minor’s record', () => {
    for (const status of [person.open, person.activated])
      expect(reasonOf(ask(status, { isMinor: true }))).toBe('closure-by-guardian');
    const deletion = { isMinor: true, deletion: true };
    expect(reasonOf(ask(person.closed, deletion))).toBe('closure-by-guardian');
  });

  test.each(['phone', 'post', 'desk'] as const)(
    'by %s: only a closure at a desk is done at once',
    (channel) => {
      const now = [false, true].map((deletion) => ask(person.open, { channel, deletion }));
      expect(now).toMatchObject([{ now: channel === 'desk' }, { now: false }]);
    },
  );

  test('waits once: the same agent is answered alike, anybody else is told', () => {
    expect(ask(waiting)).toMatchObject({ is: 'repeat', asked });
    expect(reasonOf(ask(waiting, { agent: 'second' }))).toBe('closure-asked');
    expect(reasonOf(ask(waiting, { deletion: true }))).toBe('closure-asked');
    expect(ask(waiting, { at: until })).toMatchObject({ is: 'may', now: false });
  });

  test('is overtaken by who comes to a desk himself, whoever took it down', () => {
    for (const agent of ['first', 'second'])
      expect(ask(waiting, { agent, channel: 'desk' })).toMatchObject({ is: 'may', now: true });
    expect(reasonOf(ask(waiting, { channel: 'desk', deletion: true }))).toBe('closure-asked');
  });
});

describe('ENR-42, ENR-43: a call-back', () => {
  test('is the other agent’s, within the term, about what was taken down', () => {
    expect(call(waiting)).toMatchObject({ is: 'confirm', closing: { commands: ['close'] } });
    expect(reasonOf(call(waiting, { agent: 'first' }))).toBe('other-agent-needed');
    expect(reasonOf(call(waiting, { deletion: true }))).toBe('closure-differs');
    expect(reasonOf(call(waiting, { wish: 'x' }))).toBe('unknown-closure-wish');
    expect(reasonOf(call(person.open))).toBe('unknown-closure-wish');
  });

  test('the term ends with its fifteenth whole day in Paris', () => {
    expect(until).toBe('2022-04-19T22:00:00.000Z');
    const last = '2022-04-19T21:59:59.999Z';
    expect(waitingCall(waiting, last)).toEqual(asked);
    expect(reasonOf(call(waiting, { at: last }))).toBe('confirm');
    for (const agrees of [true, false])
      expect(reasonOf(call(waiting, { at: until, agrees }))).toBe('unknown-closure-wish');
  });

  test('that it is off any agent may say, the first one too; then it is', () => {
    for (const agent of ['first', 'second'])
      expect(reasonOf(call(waiting, { agent, agrees: false }))).toBe('stop');
    // Who calls to have it stopped knows no reference, nor what was taken down.
    const said = { wish: undefined, agrees: false, deletion: true };
    expect(reasonOf(call(waiting, said))).toBe('stop');
    expect(reasonOf(call(person.open, said))).toBe('unknown-closure-wish');
    expect(reasonOf(call(waiting, { wish: undefined }))).toBe('unknown-closure-wish');
    const stopped: Status = { ...person.open, agentClosing: { ...asked, state: 'stopped' } };
    expect(reasonOf(call(stopped, { agrees: false }))).toBe('repeat');
    expect(reasonOf(call(stopped))).toBe('unknown-closure-wish');
    expect(reasonOf(ask(stopped))).toBe('may');
  });

  test('of a record that is a child’s by then it closes nothing', () => {
    expect(reasonOf(call(waiting, { isMinor: true }))).toBe('closure-by-guardian');
  });

  test('once done, is known again by the agent who confirmed', () => {
    const confirmed: AgentClosing['confirmed'] = {
      ...{ by: 'second', channel: 'phone', checks: ['name'], at },
    };
    const done: Status = {
      ...person.open,
      agentClosing: { ...asked, state: 'done', confirmed },
    };
    const last = shut(done, 'close', 'request-deletion');
    expect(last.status).toBe('deletion-requested');
    expect(Status.parse(last)).toEqual(last);
    expect(reasonOf(call(last))).toBe('repeat');
    expect(reasonOf(call(last, { agent: 'third' }))).toBe('unknown-closure-wish');
  });
});

describe('ENR-44: a record that was closed before it was ever activated', () => {
  const last = shut(person.open, 'close');

  test('is nobody’s to reopen; a code activates it anew, with the day on which it opened', () => {
    expect([wasOwn(last), wasOwn(person.closed), wasOwn(person.leaving)]).toEqual([
      ...[false, true, true],
    ]);
    const anew = newlyActivated(last);
    expect(anew).toMatchObject({ status: 'activated', openedAt: person.open.openedAt });
    for (const gone of ['closedAt', 'deleteFrom', 'agentClosing', 'motive'])
      expect(anew).not.toHaveProperty(gone);
  });

  test('ENR-20 has no account that could stand against another’s', () => {
    expect(mergedStatus(person.activated, last)).toMatchObject({ is: 'wins', of: 'first' });
    expect(mergedStatus(last, person.activated)).toMatchObject({ is: 'wins', of: 'second' });
  });
});

describe('what becomes of the record ends the wish', () => {
  const activated = { ...person.activated, agentClosing: asked };

  test('a closure by the holder, a suspension, a reopening', () => {
    expect(askedOf(shut(activated, 'close'))).toBeUndefined();
    const ordered = {
      motive: 'fraudulent-use',
      reference: 'r',
      at: askedAt,
      termDays: 42,
    } as const;
    expect(askedOf(suspended(activated, ordered))).toBeUndefined();
    expect(askedOf(reopened({ ...person.closed, agentClosing: asked }, at))).toBeUndefined();
    expect(askedOf(withoutCall<Status>(waiting))).toBeUndefined();
  });
});

test('ENR-20: a merge and a parting end the wish of either record', () => {
  const second: Status = { ...person.known, holder: 'zyxwvtsrqpnmkjhgfedcba9876' };
  const how = { wins: 'first', reference: 'm', at, nirTag: 't', noAccountOf: () => 'n' } as const;
  expect(askedOf(absorbed(waiting, second, how))).toBeUndefined();
  const anew = { at: askedAt, delays, termDays: 42 };
  expect(askedOf(begunAnew(waiting, anew))).toBeUndefined();
});

describe('ENR-42: what agents must have checked', () => {
  test.each(['asking', 'calling'] as const)('%s: whatever is left out is missing', (step) => {
    for (const [channel, needs] of Object.entries(closureChecks[0]?.[step] ?? {})) {
      const way = channel === 'phone' || channel === 'post' ? channel : 'desk';
      const missing = (checks: typeof needs) =>
        missingClosureChecks(step, { channel: way, checks }, '2022-04-04');
      expect(missing(needs)).toEqual([]);
      for (const one of needs) expect(missing(needs.filter((two) => two !== one))).toEqual([one]);
    }
  });

  test('the latest entry that has begun counts, before the first one the first', () => {
    const [first] = closureChecks;
    if (!first) throw new Error('no checks');
    const later = {
      ...first,
      from: '2023-01-01',
      asking: { ...first.asking, phone: ['name'] },
    } as const;
    const given = { channel: 'phone', checks: ['name'] } as const;
    const missing = (day: string) => missingClosureChecks('asking', given, day, [first, later]);
    expect(missing('2020-01-01')).toEqual(['birth-date', 'address']);
    expect(missing('2022-12-31')).toEqual(['birth-date', 'address']);
    expect(missing('2023-01-01')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { agentAs, agentReached } from '#functions/enrolment/agents.ts';
import { oppositionChecks } from '#functions/enrolment/data/opposition-checks.ts';
import { opposedFrom } from '#functions/enrolment/opposed.ts';
import { judgeBrought } from '#functions/enrolment/rules/judge-brought-objection.ts';
import { mayObject } from '#functions/enrolment/rules/may-object.ts';
import { missingChecks } from '#functions/enrolment/rules/missing-checks.ts';
import { whenMade } from '#functions/enrolment/rules/when-made.ts';
import { AgentOppositionRequest } from '#functions/enrolment/schema.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { dayOfDeadline, objectionDeadline } from '#shared/kernel/calendar.ts';
import { delays, person } from './builders.ts';

const deadlineAt = '2022-03-21T22:59:59.999Z';
const later = '2022-03-21T23:00:00.000Z';

describe('ENR-40: whether an opening can be stopped', () => {
  test.each([
    ['who is not informed yet', person.known, later, 'object'],
    ['in time', person.invited, deadlineAt, 'object'],
    ['a millisecond late', person.invited, later, 'deadline-passed'],
    ['whose code was burnt: no deadline runs', person.frozen, later, 'object'],
    ['whose information came back: no deadline runs', person.bounced, later, 'object'],
    ['in time, the opening being faster', person.open, deadlineAt, 'object'],
    ['too late for what is open', person.open, later, 'deadline-passed'],
    ['who objected', person.opposed, deadlineAt, 'already-opposed'],
    ['who activated', person.activated, deadlineAt, 'already-activated'],
    ['who closed', person.closed, deadlineAt, 'already-closed'],
    ['who asked for the deletion', person.leaving, deadlineAt, 'already-closed'],
  ] as const)('%s', (_, status, at, verdict) => {
    expect(mayObject(status, at)).toBe(verdict);
  });
});

describe('ENR-40: which checks an agent must have made', () => {
  test.each([
    ['phone', ['name', 'birth-date', 'address']],
    ['post', ['name', 'birth-date', 'signature']],
    ['desk', ['identity-paper']],
  ] as const)('for what comes by %s', (channel, needs) => {
    const missing = (...checks: (typeof needs)[number][]) =>
      missingChecks({ channel, checks }, '2022-02-10');
    expect(missing()).toEqual(needs);
    expect(missing(...needs)).toEqual([]);
    for (const one of needs)
      expect(missing(...needs.filter((check) => check !== one))).toEqual([one]);
    expect(missingChecks({ channel, checks: ['call-back'] }, '2022-02-10')).toEqual(needs);
  });

  test('by what held on the day; before the first entry, by the first', () => {
    const desk = (from: string, check: 'signature' | 'address') => ({
      from,
      needs: { phone: [], post: [], desk: [check] },
    });
    const since = [desk('2022-01-01', 'signature'), desk('2022-06-01', 'address')];
    const on = (day: string) => missingChecks({ channel: 'desk', checks: [] }, day, since);
    expect(on('2021-12-31')).toEqual(['signature']);
    expect(on('2022-05-31')).toEqual(['signature']);
    expect(on('2022-06-01')).toEqual(['address']);
  });

  test('the entries stand in the order of their days', () => {
    const days = oppositionChecks.map(({ from }) => from);
    expect(days).toEqual([...days].sort());
  });
});

describe('ENR-40: when an objection was made', () => {
  const importedAt = Date.parse('2022-01-31T08:00:00.000Z');
  const receivedAt = Date.parse('2022-04-04T09:00:00.000Z');
  const made = (madeOn: string, change = {}) => {
    const told = whenMade({ madeOn, department: '12', importedAt, receivedAt, ...change });
    return told.is === 'made' ? new Date(told.at).toISOString() : told.is;
  };

  test('an instant is taken as it is, in whatever zone it was written', () => {
    expect(made('2022-03-21T22:30:00Z')).toBe('2022-03-21T22:30:00.000Z');
    expect(made('2022-03-21T23:30:00+01:00')).toBe('2022-03-21T22:30:00.000Z');
  });

  test('a day counts until its end; of today, until now', () => {
    expect(made('2022-03-21')).toBe(deadlineAt);
    expect(made('2022-04-04')).toBe('2022-04-04T09:00:00.000Z');
  });

  test.each(['12', '971', '974', '987', '988'])(
    'the last day told is in time and the next is not, for the people of %s, wherever they moved',
    (department) => {
      const sentAt = Date.parse('2022-02-07T09:00:00Z');
      const deadline = objectionDeadline({ sentAt, department, days: 42 });
      expect(dayOfDeadline(deadline)).toBe('2022-03-21');
      for (const now of ['12', '971', '974', '987', '988']) {
        const at = (madeOn: string) => made(madeOn, { department: now });
        const until = new Date(deadline).toISOString();
        expect(at('2022-03-21') <= until).toBe(true);
        expect(at('2022-03-22') <= until).toBe(false);
      }
    },
  );

  test('what has not come yet is refused: an instant by the millisecond, a day by the calendar', () => {
    expect(made('2022-04-04T09:00:00.000Z')).toBe('2022-04-04T09:00:00.000Z');
    expect(made('2022-04-04T09:00:00.001Z')).toBe('made-in-the-future');
    expect(made('2022-04-05')).toBe('made-in-the-future');
  });

  test('where tomorrow has begun already, its day may be told', () => {
    const evening = { receivedAt: Date.parse('2022-04-04T20:00:00Z') };
    expect(made('2022-04-05', evening)).toBe('made-in-the-future');
    expect(made('2022-04-05', { ...evening, department: '988' })).toBe('2022-04-04T20:00:00.000Z');
  });

  test('before the person was known to us there was nothing to object to', () => {
    expect(made('2022-01-31T08:00:00.000Z')).toBe('2022-01-31T08:00:00.000Z');
    expect(made('2022-01-31T07:59:59.999Z')).toBe('made-before-import');
    expect(made('2022-01-31')).toBe('2022-01-31T22:59:59.999Z');
    expect(made('2022-01-30')).toBe('made-before-import');
    // In the Antilles it was still the day before.
    const there = { department: '971', importedAt: Date.parse('2022-01-31T02:00:00.000Z') };
    expect(made('2022-01-30', there)).toBe('2022-01-30T22:59:59.999Z');
  });
});

describe('ENR-40: an objection that an agent brings', () => {
  const brought = {
    ...{ birthFits: true, cardFits: true, madeOn: '2022-03-21' },
    importedAt: Date.parse('2022-01-31T08:00:00.000Z'),
    receivedAt: Date.parse('2022-04-04T09:00:00.000Z'),
  };
  const judged = (status: Parameters<typeof mayObject>[0], change = {}) =>
    judgeBrought({ ...brought, status, ...change });

  test.each(['known', 'invited', 'frozen', 'open'] as const)('counts for who is %s', (name) => {
    expect(judged(person[name])).toEqual({ is: 'object', madeAt: deadlineAt });
  });

  test('made too late is told as such, and so are the other reasons', () => {
    const told = (reason: string) => ({ is: 'told', reason });
    expect(judged(person.open, { madeOn: '2022-03-22' })).toEqual(told('deadline-passed'));
    expect(judged(person.activated)).toEqual(told('already-activated'));
    expect(judged(person.open, { cardFits: false })).toEqual(told('card-mismatch'));
    expect(judged(person.open, { madeOn: '2022-04-05' })).toEqual(told('made-in-the-future'));
    expect(judged(person.open, { madeOn: '2022-01-30' })).toEqual(told('made-before-import'));
  });

  test('who has objected, by whatever way, has the same proof again', () => {
    const { decidedBy } = person.opposed;
    expect(judged(person.opposed)).toEqual({ is: 'repeat', decidedBy });
  });

  test('of NIR and birth date that are not one person’s, nothing is told', () => {
    for (const change of [{}, { cardFits: false }, { madeOn: '2022-04-05' }])
      for (const status of Object.values(person))
        expect(judged(status, { ...change, birthFits: false })).toEqual({ is: 'unknown' });
  });
});

describe('ENR-40: the record of who objected', () => {
  const decidedBy = {
    ...{ reference: 'r2', receivedAt: '2022-04-04T09:00:00.000Z', madeAt: deadlineAt },
    ...{ channel: 'post' as const, checks: ['signature'], evidence: 'letter-7' },
  };

  test('keeps what the person was told before, and no trace of an opening', () => {
    const { openedAt: _opened, ...open } = person.open;
    // L1111-18: what came in meanwhile is kept as that of a closed record is.
    const keptUntil = '2032-04-04T22:00:00.000Z';
    const reversed = { ...open, status: 'opposed', decidedBy, keptUntil };
    expect(opposedFrom(person.open, decidedBy, delays)).toEqual(reversed);
    const { frozen: _frozen, ...frozen } = person.frozen;
    expect(opposedFrom(person.frozen, decidedBy, delays)).toMatchObject({
      ...frozen,
      status: 'opposed',
    });
    const known = { ...person.known, status: 'opposed', decidedBy };
    expect(opposedFrom(person.known, decidedBy, delays)).toEqual(known);
    expect(() => opposedFrom(person.activated, decidedBy, delays)).toThrow();
  });
});

describe('what an agent may send', () => {
  const request = {
    ...{ nir: '269059900100106', birthDate: '1969-05-01', channel: 'phone' },
    ...{ madeOn: '2022-02-10', checks: ['name', 'birth-date', 'address'] },
  };
  const faults = (change: object) =>
    AgentOppositionRequest.safeParse({ ...request, ...change }).error?.issues.map(({ path }) =>
      path.join('.'),
    ) ?? [];

  test('is taken with and without card and reference', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ cardSerial: '12345678901', reference: 'CALL-2022.17' })).toEqual([]);
    expect(faults({ madeOn: '2022-02-10T10:00:00.000Z' })).toEqual([]);
  });

  test.each([
    ['no check', { checks: [] }, 'checks'],
    ['a check twice', { checks: ['name', 'name'] }, 'checks'],
    ['a check that is none', { checks: ['voice'] }, 'checks.0'],
    ['a day that is none', { madeOn: '2022-02-30' }, 'madeOn'],
    ['an instant without a zone', { madeOn: '2022-02-10T10:00:00' }, 'madeOn'],
    ['another channel', { channel: 'web' }, 'channel'],
    ['a NIR as reference', { reference: '269059900100106' }, 'reference'],
    ['a name as reference', { reference: 'Odette Durand' }, 'reference'],
    ['what nobody asked for', { code: '0000-0000-0000' }, ''],
  ])('%s is refused', (_, change, field) => {
    expect(faults(change)).toEqual([field]);
  });
});

describe('who may act for others', () => {
  const agent = { kind: 'agent', subject: 'a1', name: 'Théo', role: 'desk' } as const;

  test('an agent whose role is among those asked for, and nobody else', () => {
    expect(agentAs(['campaign', 'desk'], agent)).toBe(agent);
    for (const caller of [
      { ...agent, role: 'auditor' },
      { kind: agent.kind, subject: 'a2' },
    ])
      expect(() => agentAs(['campaign', 'desk'], caller)).toThrow(
        expect.objectContaining({ code: 'enrolment/role-required', status: 403 }),
      );
    expect(() => agentAs(['desk'], { kind: 'public' })).toThrow(
      expect.objectContaining({ status: 401 }),
    );
  });

  test('ENR-40: that somebody stood at a desk only who sits at one can say', () => {
    const as = (role: string) => ({ ...agent, role });
    for (const channel of ['phone', 'post'] as const) {
      for (const role of ['desk', 'adviser-3422', 'campaign'])
        expect(agentReached(channel, as(role)).role).toBe(role);
      // What is not the campaign's to do by phone is not by post either.
      expect(() => agentReached(channel, as('campaign'), ['adviser-3422'])).toThrow();
    }
    expect(agentReached('desk', as('desk')).role).toBe('desk');
    for (const role of ['adviser-3422', 'campaign', 'supervisor', 'print-shop'])
      expect(() => agentReached('desk', as(role))).toThrow(
        expect.objectContaining({ code: 'enrolment/role-required' }),
      );
  });

  test('stands in the journal by his directory id, with what is known of him', () => {
    const { subject: id, ...rest } = agent;
    expect(actorOf(agent)).toEqual({ ...rest, id });
    expect(actorOf({ kind: 'agent', subject: 'a2' })).toEqual({ kind: 'agent', id: 'a2' });
  });
});

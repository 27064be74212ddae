import { describe, expect, test } from 'vitest';
import { absorbed } from '#functions/enrolment/absorbed.ts';
import { begunAnew } from '#functions/enrolment/begun-anew.ts';
import { callLapsed, callStopped } from '#functions/enrolment/call-stopped.ts';
import { callsPk, clockParts, dueOf } from '#functions/enrolment/due.ts';
import { DeletionMessage } from '#functions/enrolment/messages.ts';
import { opposedFrom } from '#functions/enrolment/opposed.ts';
import { closedBy } from '#functions/enrolment/rules/closed-by.ts';
import { deceased } from '#functions/enrolment/rules/deceased.ts';
import { closedAfterTerm } from '#functions/enrolment/rules/deletion-delays.ts';
import { nextCallAt } from '#functions/enrolment/rules/judge-agent-closure.ts';
import { newlyActivated } from '#functions/enrolment/rules/newly-activated.ts';
import { nextStep, nextStepAt } from '#functions/enrolment/rules/next-step.ts';
import { reopened } from '#functions/enrolment/rules/reopened.ts';
import { restored } from '#functions/enrolment/rules/restored.ts';
import { suspended } from '#functions/enrolment/rules/suspended.ts';
import { Status } from '#functions/enrolment/stored.ts';
import type { AgentClosing } from '#functions/enrolment/stored-agent-closing.ts';
import { toldWaiting } from '#functions/enrolment/told-asked.ts';
import { delays, person } from './builders.ts';

const askedAt = Date.parse('2022-04-04T09:00:00.000Z');
const until = closedAfterTerm(askedAt, 15);
const reference = 'w'.repeat(26);
const asked: AgentClosing = {
  ...{ reference, by: 'first', channel: 'post', checks: ['name'], evidence: 'courrier-7' },
  ...{ madeAt: '2022-04-01T21:59:59.999Z', deletion: true, until, state: 'waiting' },
};
const open = { ...person.open, agentClosing: asked } as const;
const activated = { ...person.activated, agentClosing: asked } as const;
const closed = { ...person.closed, agentClosing: asked } as const;
const by = {
  ...{ id: 'l1', at: Date.parse(until), channel: 'clock' as const },
  actor: { kind: 'system', id: 'deletion' },
} as const;
const listed = (status: Status): boolean => dueOf(status)?.duePk === callsPk;

describe('ENR-42, ENR-43: a wish that waits for a call-back lapses with its term', () => {
  test.each([open, activated, closed])(
    'of a record that is $status: not a moment before',
    (one) => {
      expect(until).toBe('2022-04-19T22:00:00.000Z');
      expect(nextStep(one, Date.parse(until) - 1)).toBeUndefined();
      expect(nextStep(one, Date.parse(until))).toEqual({ is: 'lapse-call', status: one });
    },
  );

  test.each(['stopped', 'lapsed', 'done'] as const)('not one that is %s', (state) => {
    const ended: Status = { ...person.open, agentClosing: { ...asked, state } };
    expect(nextCallAt(ended)).toBeUndefined();
    expect(nextStep(ended, Date.parse(until))).toBeUndefined();
    expect(listed(ended)).toBe(false);
  });

  test('then the record stands as before, with the line of it', () => {
    const { next, line } = callLapsed(open, by);
    expect(next).toEqual({
      ...{ ...open, version: open.version + 1, headSeq: line.seq, headHash: next.headHash },
      agentClosing: { ...asked, state: 'lapsed' },
    });
    expect(Status.parse(next)).toEqual(next);
    expect(line).toMatchObject({
      ...{ action: 'enrolment/lapse-closure', outcome: 'done', visible: 'holder' },
      object: { kind: 'record', department: open.department },
    });
    expect(line.object).not.toHaveProperty('to');
    expect(dueOf(next)).toBeUndefined();
  });

  test('a step of the record’s own that is due before comes first, and again after', () => {
    const soon: Status = { ...closed, remindFrom: '2022-04-10T22:00:00.000Z' };
    expect(dueOf(soon)).toEqual({ duePk: callsPk, dueSk: `2022-04-10T22:00:00.000Z#${reference}` });
    expect(nextStep(soon, Date.parse('2022-04-10T22:00:00.000Z'))?.is).toBe('remind');
    const lapsed = callLapsed(closed, by).next;
    expect(nextStepAt(lapsed)).toBe(closed.remindFrom);
    expect(dueOf(lapsed)?.duePk).toMatch(/^ERASE#/);
  });
});

describe('ENR-42, ENR-43: the list of wishes that wait', () => {
  test.each([open, activated, closed])(
    'holds one of a record that is $status, by its term',
    (one) => {
      expect(dueOf(one)).toEqual({ duePk: callsPk, dueSk: `${until}#${reference}` });
    },
  );

  test('whatever ends the wish, or makes it void, takes it out by the same write', () => {
    const at = new Date(askedAt).toISOString();
    const anew = { at: askedAt, delays, termDays: 42 };
    const when = { at: askedAt, motive: undefined, delays };
    const how = { wins: 'first', reference: 'm', at, nirTag: 't', noAccountOf: () => 'n' } as const;
    const known: Status = { ...person.known, holder: 'zyxwvtsrqpnmkjhgfedcba9876' };
    const ordered = {
      ...{ motive: 'fraudulent-use' as const, reference: 'r', at: askedAt, termDays: 42 },
    };
    const death = { diedOn: '2022-04-02', reference: 'r', recordedAt: askedAt } as const;
    const dead = deceased(open, { ...death, proof: 'insurer' }, delays);
    const after: Record<string, Status> = {
      stop: callStopped(open, by).next,
      lapse: callLapsed(open, by).next,
      close: closedBy(activated, 'close', when),
      'close open': closedBy(open, 'close', when),
      'request-deletion': closedBy(closed, 'request-deletion', when),
      suspend: suspended(activated, ordered),
      reopen: reopened(closed, at),
      merge: absorbed(open, known, how),
      part: begunAnew(open, anew),
      object: opposedFrom(open, { reference: 'r', receivedAt: at, channel: 'web' }, delays),
      activate: { ...person.activated, ...newlyActivated(open) },
      die: dead,
      'take back a death': restored(dead, { ...anew, reference: 'r' }),
    };
    for (const [name, status] of Object.entries(after))
      expect([name, listed(status)]).toEqual([name, false]);
  });

  test('tells its reader what to look for and whether it is his own, and nothing of the person', () => {
    expect(toldWaiting(asked, { department: '70', agent: 'second' })).toEqual({
      ...{ wish: reference, department: '70', channel: 'post', madeAt: asked.madeAt, until },
      ...{ deletion: true, reference: 'courrier-7', own: false },
    });
    const { evidence: _, ...bare } = asked;
    const own = toldWaiting(bare, { department: '70', agent: 'first' });
    expect(own).toMatchObject({ own: true });
    expect(own).not.toHaveProperty('reference');
  });

  test('the clock looks there as well as at deletions', () => {
    expect(clockParts.at(-1)).toBe(callsPk);
    const shard = clockParts.length - 1;
    expect(DeletionMessage.safeParse({ shard }).success).toBe(true);
    expect(DeletionMessage.safeParse({ shard: shard + 1 }).success).toBe(false);
  });
});

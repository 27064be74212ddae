import { describe, expect, test } from 'vitest';
import { dueOf } from '#functions/enrolment/due.ts';
import { opposedFrom } from '#functions/enrolment/opposed.ts';
import { deletionStep } from '#functions/enrolment/rules/deletion-step.ts';
import { newlyActivated } from '#functions/enrolment/rules/newly-activated.ts';
import { notedDmp } from '#functions/enrolment/rules/noted-dmp.ts';
import type { Status } from '#functions/enrolment/stored.ts';
import { statuses } from '#shared/kernel/status.ts';
import { delays, person } from './builders.ts';

const ms = Date.parse;
const since = '2022-01-31T09:00:00.000Z';
const archived = { since, deleteFrom: '2032-02-09T23:00:00.000Z' };
const opposed: Status = person.opposed;

describe('R1111-40: that somebody has a DMP from before', () => {
  test('is noted with the day it was taken in, once', () => {
    const told = { act: 'taken-in', at: ms(since) } as const;
    for (const status of [person.known, person.invited, person.open, person.activated, opposed])
      expect(notedDmp(status, told, delays), status.status).toEqual({ since });
    expect(notedDmp({ ...person.known, dmp: { since } }, told, delays)).toBeUndefined();
  });

  test('goes on whatever the status becomes, but to who objects or activates without its former end', () => {
    const { decidedBy } = person.opposed;
    expect(opposedFrom({ ...person.invited, dmp: { since } }, decidedBy, delays).dmp).toEqual({
      since,
    });
    expect(newlyActivated({ ...opposed, dmp: archived }).dmp).toEqual({ since });
    expect(newlyActivated(person.invited).dmp).toBeUndefined();
  });
});

describe('L1111-18: the archived DMP of who objected', () => {
  test.each([
    // One millisecond before midnight in Paris, and at midnight.
    ['2022-02-08T22:59:59.999Z', '2032-02-08T23:00:00.000Z'],
    ['2022-02-08T23:00:00.000Z', '2032-02-09T23:00:00.000Z'],
  ])('archived at %s is kept ten whole years', (at, deleteFrom) => {
    const told = { act: 'archived', at: ms(at) } as const;
    expect(notedDmp(opposed, told, delays)?.deleteFrom).toBe(deleteFrom);
    expect(notedDmp({ ...opposed, dmp: { since, deleteFrom } }, told, delays)).toBeUndefined();
  });

  test('of who has activated since has no end of its own, though the fact comes late', () => {
    const told = { act: 'archived', at: ms(since) } as const;
    const noted = { ...person.activated, dmp: { since } };
    expect(notedDmp(noted, told, delays)).toBeUndefined();
    expect(notedDmp(person.activated, told, delays)).toEqual({ since });
  });

  test('has its place in the index of what is erased, and its deletion begins on that day, not before', () => {
    const status: Status = { ...opposed, dmp: archived };
    expect(dueOf(opposed)).toBeUndefined();
    expect(dueOf(status)?.dueSk).toBe(`${archived.deleteFrom}#${opposed.holder}`);
    const end = ms(archived.deleteFrom);
    expect(deletionStep(status, end - 1)).toBeUndefined();
    expect(deletionStep(status, end)).toEqual({ is: 'begin', status });
    expect(deletionStep(opposed, end)).toBeUndefined();
  });

  test('so has what came into a record whose opening an objection reversed; with both, the later day counts', () => {
    const keptUntil = '2032-03-01T23:00:00.000Z';
    const reversed: Status = { ...person.opposed, keptUntil };
    expect(dueOf(reversed)?.dueSk).toBe(`${keptUntil}#${opposed.holder}`);
    expect(deletionStep(reversed, ms(keptUntil) - 1)).toBeUndefined();
    expect(deletionStep(reversed, ms(keptUntil))).toEqual({ is: 'begin', status: reversed });
    const both = { ...reversed, dmp: archived };
    expect(deletionStep(both, ms(keptUntil) - 1)).toBeUndefined();
    expect(deletionStep(both, ms(keptUntil))).toEqual({ is: 'begin', status: both });
    expect(newlyActivated(reversed)).not.toHaveProperty('keptUntil');
  });

  test('no other state has an end by its DMP', () => {
    for (const status of [person.known, person.invited, person.open, person.activated])
      expect(deletionStep({ ...status, dmp: archived }, ms('2040-01-01')), status.status).toBe(
        undefined,
      );
    expect(statuses).toHaveLength(11);
  });
});

import { describe, expect, test } from 'vitest';
import { dueOf } from '#functions/enrolment/due.ts';
import { certificateOf } from '#functions/enrolment/rules/certificate-of.ts';
import {
  DeletionDelays,
  datesAsked,
  datesKept,
  deleteAfterReminder,
  lastLetterEnds,
  traceEnds,
} from '#functions/enrolment/rules/deletion-delays.ts';
import { deletionStep } from '#functions/enrolment/rules/deletion-step.ts';
import { isOfReminder } from '#functions/enrolment/rules/is-of-reminder.ts';
import { activationOf } from '#functions/enrolment/rules/judge-activation.ts';
import { channelOf, wayOf } from '#functions/enrolment/rules/way-of.ts';
import type { Status } from '#functions/enrolment/stored.ts';
import { stageOf } from '#infra/config.ts';
import { genesis, nextLine } from '#shared/journal/line.ts';
import type { ErasureStep } from '#shared/record/erasure.ts';
import { delays, person } from './builders.ts';

const ms = Date.parse;

describe('ENR-43: when a record is deleted', () => {
  test.each([
    // One millisecond before midnight in Paris, and at midnight; the clocks change in between.
    ['2022-03-01T22:59:59.999Z', '2022-03-31T22:00:00.000Z', '2022-03-24T23:00:00.000Z'],
    ['2022-03-01T23:00:00.000Z', '2022-04-01T22:00:00.000Z', '2022-03-25T23:00:00.000Z'],
    ['2022-07-01T21:59:59.999Z', '2022-07-31T22:00:00.000Z', '2022-07-24T22:00:00.000Z'],
    ['2022-07-01T22:00:00.000Z', '2022-08-01T22:00:00.000Z', '2022-07-25T22:00:00.000Z'],
  ])('asked for at %s: at the end of the thirtieth day in Paris', (at, deleteFrom, remindFrom) => {
    expect(datesAsked(ms(at), delays)).toEqual({ deleteFrom, remindFrom });
  });

  test.each([
    ['2022-04-01T21:59:59.999Z', '2032-04-01T22:00:00.000Z'],
    ['2022-04-01T22:00:00.000Z', '2032-04-02T22:00:00.000Z'],
    // There is no 29th of February ten years later: not a day short.
    ['2024-02-29T12:00:00.000Z', '2034-03-01T23:00:00.000Z'],
    ['2024-02-28T12:00:00.000Z', '2034-02-28T23:00:00.000Z'],
  ])('closed at %s and no more: after ten whole years', (at, deleteFrom) => {
    expect(datesKept(ms(at), delays).deleteFrom).toBe(deleteFrom);
  });

  test('R1111-36: every stage deletes well within three months, and reminds before', () => {
    for (const stage of ['home', 'dev', 'staging', 'prod']) {
      const { DELETION_DELAYS = '' } = stageOf(stage).parameters;
      expect(DeletionDelays.parse(JSON.parse(DELETION_DELAYS)).coolingDays).toBeLessThan(60);
    }
    for (const wrong of [{ coolingDays: 81 }, { reminderDays: 30 }, { archiveYears: 0 }])
      expect(DeletionDelays.safeParse({ ...delays, ...wrong }).success).toBe(false);
  });

  test.each([
    ['2022-04-24T22:00:00.000Z', '2022-05-01T22:00:00.000Z'],
    ['2022-04-25T21:59:59.999Z', '2022-05-01T22:00:00.000Z'],
    ['2022-04-25T22:00:00.000Z', '2022-05-02T22:00:00.000Z'],
    ['2022-06-01T10:00:00.000Z', '2022-06-07T22:00:00.000Z'],
  ])('reminded at %s: not before %s', (at, deleteFrom) => {
    expect(deleteAfterReminder(person.leaving, ms(at), delays)).toBe(deleteFrom);
  });
});

test.each([
  // Deleted one millisecond before midnight in Paris, and at midnight; on a leap day.
  ['2032-04-01T21:59:59.999Z', '2042-04-01T22:00:00.000Z'],
  ['2032-04-01T22:00:00.000Z', '2042-04-02T22:00:00.000Z'],
  ['2024-02-29T12:00:00.000Z', '2034-03-01T23:00:00.000Z'],
])('ENR-47: deleted at %s: the trace ends after ten whole years', (at, until) => {
  expect(traceEnds(ms(at), delays)).toBe(until);
});

describe('ENR-43, ENR-44: what is due of a deletion', () => {
  const reminded = { remindedAt: '2022-04-25T03:25:00.000Z' };
  const step = (status: Status, at: string, by = 0) => deletionStep(status, ms(at) + by)?.is;
  const { leaving, closed, deleting, deleted, suspended, deceased } = person;
  const [traceUntil, forgetFrom] = ['2042-04-01T22:00:00.000Z', '2042-04-02T01:30:00.000Z'];

  test.each<[string, Status, string, string]>([
    ['a wish', leaving, leaving.remindFrom, 'remind'],
    ['a wish, reminded', { ...leaving, ...reminded }, leaving.deleteFrom, 'begin'],
    ['the tenth year', closed, closed.remindFrom, 'remind'],
    ['the tenth year, reminded', { ...closed, ...reminded }, closed.deleteFrom, 'begin'],
    ['begun', deleting, deleting.finishFrom, 'finish'],
    ['a suspension', suspended, suspended.closeFrom, 'close'],
    ['a death', deceased, deceased.deleteFrom, 'begin'],
    ['done, not told', { ...deleted, untold: true }, deleted.deletedAt, 'tell'],
    ['told', { ...deleted, traceUntil }, traceUntil, 'end-trace'],
    ['its trace over', { ...deleted, traceUntil, forgetFrom }, forgetFrom, 'forget'],
  ])('%s: at its instant, not a millisecond before', (_name, status, at, is) => {
    expect([step(status, at, -1), step(status, at)]).toEqual([undefined, is]);
    expect(dueOf(status)?.dueSk).toBe(`${at}#${status.holder}`);
    expect(dueOf(status)?.duePk).toMatch(/^ERASE#00[0-3]$/);
  });

  test('of anybody else nothing ever is', () => {
    for (const [name, status] of Object.entries(person)) {
      if (['closed', 'leaving', 'deleting', 'suspended', 'deceased'].includes(name)) continue;
      expect([name, step(status, '2099-01-01T00:00:00.000Z')]).toEqual([name, undefined]);
      expect(dueOf(status)?.duePk ?? '').not.toMatch(/^ERASE/);
    }
  });

  test('ENR-44: nobody activates while it runs, nor before he is told; then he may', () => {
    expect(activationOf(leaving)).toBe('activate');
    expect(activationOf(deleting)).toBe('not-activable');
    const untold: Status = { ...deleted, untold: true };
    expect(activationOf(untold)).toBe('not-activable');
    expect(activationOf(deleted)).toBe('activate');
  });
});

describe('ENR-43: a certificate', () => {
  const at = '2022-05-01T22:26:00.000Z';
  const line = (action: ErasureStep, counts?: Record<string, number>) =>
    nextLine(genesis, {
      ...{ id: action, holder: person.deleting.holder, at: ms(at), action, channel: 'clock' },
      ...{ actor: { kind: 'system', id: 'deletion' }, outcome: 'done', policy: 'p' },
      object: { kind: 'record', ...(counts ? { counts } : {}) },
      visible: 'holder',
    }).line;
  const all = new Map<ErasureStep, ReturnType<typeof line>>([
    ['documents/destroy-key', line('documents/destroy-key')],
    ['documents/erase-record', line('documents/erase-record', { documents: 2, versions: 5 })],
    ['notices/erase-record', line('notices/erase-record')],
  ]);
  const term = ms(at) + 5 * 60_000;

  test('waits until no cache can know the key', () => {
    expect(certificateOf(person.deleting, all, term)).toBeUndefined();
    expect(certificateOf(person.deleting, all, term + 1)).toMatchObject({
      ...{ record: person.deleting.holder, deletion: 1, cause: 'asked' },
      ...{ documents: 2, versions: 5, keyDestroyedAt: at },
      cachesEmptyAt: new Date(term).toISOString(),
      finishedAt: new Date(term + 1).toISOString(),
    });
  });

  test.each([...all.keys()])('waits for %s', (step) => {
    const some = new Map(all);
    some.delete(step);
    expect(certificateOf(person.deleting, some, term + 1)).toBeUndefined();
  });

  test('says that ten years had passed where no deletion was asked for, and which life it was', () => {
    const { deletionRequestedAt: _, ...kept } = person.deleting;
    const told = certificateOf({ ...kept, life: 2 }, all, term + 1);
    expect(told).toMatchObject({ cause: 'kept-long-enough', deletion: 3 });
    expect(told).not.toHaveProperty('askedAt');
  });
});

describe('ENR-43, D68: by which way somebody is told, and what it takes', () => {
  const [mail, sms, none] = [
    { addresses: ['a@x.fr'], mobile: undefined },
    { addresses: [], mobile: '+33612345678' },
    { addresses: [], mobile: undefined },
  ];
  test.each([
    [[mail], 'mail', 'mail'],
    [[sms], 'sms', 'sms'],
    [[none], 'letter', 'post'],
    [[mail, sms], 'sms', 'sms'],
    [[sms, none], 'letter', 'post'],
    [[mail, none], 'letter', 'post'],
    [[], 'nobody', 'clock'],
  ] as const)('%j: %s', (readers, way, channel) => {
    expect(wayOf(readers)).toBe(way);
    expect(channelOf(wayOf(readers))).toBe(channel);
  });

  test.each([
    // Reminded a millisecond before midnight in Paris, and at midnight.
    ['2022-04-25T21:59:59.999Z', 'letter', '2022-05-08T22:00:00.000Z'],
    ['2022-04-25T22:00:00.000Z', 'letter', '2022-05-09T22:00:00.000Z'],
    ['2022-04-25T22:00:00.000Z', 'sms', '2022-05-02T22:00:00.000Z'],
  ] as const)('reminded at %s by %s: not before %s', (at, way, deleteFrom) => {
    expect(deleteAfterReminder(person.leaving, ms(at), delays, way)).toBe(deleteFrom);
  });

  test('the law’s three months hold a mail that comes back on the last day', () => {
    const lasting = (letterDays: number) =>
      DeletionDelays.safeParse({ ...delays, coolingDays: 60, reminderDays: 8, letterDays }).success;
    expect([lasting(20), lasting(21)]).toEqual([true, false]);
  });

  test('an identity is kept for two mornings’ printing, and no longer', () => {
    expect(lastLetterEnds(ms('2022-05-01T21:59:59.999Z'))).toBe('2022-05-03T22:00:00.000Z');
    expect(lastLetterEnds(ms('2022-05-01T22:00:00.000Z'))).toBe('2022-05-04T22:00:00.000Z');
    const { deleted } = person;
    const until = '2022-05-04T22:00:00.000Z';
    const waits: Status = { ...deleted, untold: true, lastLetterUntil: until };
    expect(deletionStep(waits, ms(until) - 1)).toBeUndefined();
    expect(deletionStep(waits, ms(until))?.is).toBe('tell');
  });

  test('nobody to remind: seen once, and the term runs on', () => {
    const { leaving } = person;
    const unreached: Status = { ...leaving, unreachedAt: leaving.remindFrom };
    expect(deletionStep(unreached, ms(leaving.deleteFrom) - 1)).toBeUndefined();
    expect(deletionStep(unreached, ms(leaving.deleteFrom))?.is).toBe('begin');
  });

  test('a notice is that of this reminder, and of no other', () => {
    const remindedAt = '2022-04-25T03:25:00.123Z';
    expect(isOfReminder('20220425T032500123Z-00-7', { remindedAt })).toBe(true);
    expect(isOfReminder('20220425T032500124Z-00-7', { remindedAt })).toBe(false);
    expect(isOfReminder(undefined, { remindedAt })).toBe(false);
    expect(isOfReminder('undefined-00-7', {})).toBe(false);
  });
});

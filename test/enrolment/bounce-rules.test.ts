import { describe, expect, test } from 'vitest';
import { deadlineRuns } from '#functions/enrolment/rules/deadline-runs.ts';
import { judgeBounce, mailOfTag, tagOf } from '#functions/enrolment/rules/judge-bounce.ts';
import { current, person } from './builders.ts';

describe('ENR-1: what a mail that came back says', () => {
  const judged = (
    status: Parameters<typeof judgeBounce>[0]['status'],
    generation: number,
    code: Parameters<typeof judgeBounce>[0]['code'] = current,
    prepared?: number,
  ) => judgeBounce({ status, code, prepared, generation });

  test('the one who was to be informed by it is not', () => {
    expect(judged(person.invited, 1)).toBe('uninformed');
    expect(judged(person.frozen, 1)).toBe('uninformed');
  });

  test('once: told again it says nothing new', () => {
    expect(judged(person.bounced, 1)).toBe('nothing');
  });

  test('faster than the note that it was accepted, it is to come again', () => {
    const none = { code: undefined, prepared: undefined, generation: 1 };
    expect(judgeBounce({ ...none, status: person.known, prepared: 1 })).toBe('in-hand');
    expect(judged(person.known, 2, current, 2)).toBe('in-hand');
    expect(judged(person.invited, 2)).toBe('in-hand');
    expect(judgeBounce({ ...none, status: person.invited })).toBe('in-hand');
  });

  test('ENR-20: of a record that was parted since and is informed no more it says nothing, and comes not again', () => {
    expect(judged(person.known, 1)).toBe('nothing');
    expect(judged(person.known, 1, current, 2)).toBe('nothing');
  });

  test('an earlier mail says nothing where a later one began the deadline', () => {
    const renewed = { ...current, generation: 2 };
    expect(judged(person.invited, 1, renewed)).toBe('nothing');
    expect(judged(person.invited, 2, renewed)).toBe('uninformed');
  });

  test('where an earlier one began it, he was informed later than it says', () => {
    const renewed = { ...current, generation: 2, sentAt: '2022-02-20T09:00:00.000Z' };
    expect(judged(person.invited, 1, renewed)).toBe('uninformed');
    expect(judged(person.invited, 2, renewed)).toBe('uninformed');
  });

  test.each(['opposed', 'open', 'activated'] as const)('who is %s has no deadline left', (name) => {
    for (const generation of [1, 2]) expect(judged(person[name], generation)).toBe('nothing');
  });

  test('a deadline runs only for who is informed and has a living code', () => {
    expect(deadlineRuns(person.invited)).toBe(true);
    for (const one of [person.frozen, person.bounced, { ...person.bounced, frozen: true as const }])
      expect(deadlineRuns(one)).toBe(false);
  });
});

describe('the tag of a mail with a code', () => {
  test('names the mail again, and nothing else does', () => {
    const mail = { holder: person.known.holder, generation: 12 };
    expect(mailOfTag(tagOf(mail))).toEqual(mail);
    for (const wrong of ['', '_1', `${mail.holder}_0`, `${mail.holder}_01`, `${mail.holder}_1x`])
      expect(mailOfTag(wrong)).toBeUndefined();
  });

  test('is made of what a mail service takes in a tag', () => {
    expect(tagOf({ holder: person.known.holder, generation: 1 })).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
  });
});

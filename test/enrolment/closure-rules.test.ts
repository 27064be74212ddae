import { describe, expect, test } from 'vitest';
import { isFresh } from '#functions/enrolment/rules/fresh-sign-in.ts';
import { isClosed, isReopened, judgeClosure } from '#functions/enrolment/rules/judge-closure.ts';
import { reopened } from '#functions/enrolment/rules/reopened.ts';
import { move } from '#functions/enrolment/rules/status.ts';
import { Status } from '#functions/enrolment/stored.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import { person } from './builders.ts';

const people = Object.entries(person);
const at = '2022-05-01T09:00:00.000Z';

describe('ENR-42, ENR-43: what a wish to close asks of a record', () => {
  const wishes = people.flatMap(([name, status]) =>
    [false, true].map((deletion) => ({ name, status, deletion })),
  );
  const expected: Readonly<Record<string, readonly [without: string, with_: string]>> = {
    activated: ['close', 'close request-deletion'],
    closed: ['', 'request-deletion'],
    leaving: ['', ''],
  };

  test.each(wishes)('$name, deletion $deletion', ({ name, status, deletion }) => {
    const commands = judgeClosure(status, { deletion });
    expect(commands?.join(' ')).toBe(expected[name]?.[deletion ? 1 : 0]);
  });

  test.each(wishes)('$name, deletion $deletion: the moves are those of the list', (wish) => {
    let word: StatusWord | undefined = wish.status.status;
    for (const command of judgeClosure(wish.status, wish) ?? []) word = word && move(word, command);
    expect(word).toBeDefined();
  });
});

describe('ENR-44: a reopening', () => {
  test('finds the record as it was before its closure, and forgets a wish to delete', () => {
    const restored = { ...person.activated, reopenedAt: at };
    expect(reopened(person.closed, at)).toEqual(restored);
    expect(reopened(person.leaving, at)).toEqual(restored);
    expect(Status.parse(restored)).toEqual(restored);
  });

  test('is for what was closed, and known again when it was done', () => {
    const closed = people.filter(([, status]) => isClosed(status)).map(([name]) => name);
    expect(closed).toEqual(['closed', 'leaving']);
    expect(people.filter(([, status]) => isReopened(status))).toEqual([]);
    expect(isReopened(reopened(person.closed, at))).toBe(true);
  });
});

test.each(people)('what is stored of somebody who is %s is read back whole', (_name, status) => {
  expect(Status.parse(status)).toEqual(status);
});

describe('ENR-42: the password was asked for again', () => {
  const receivedAt = Date.parse(at);
  const fresh = (msAgo: number) =>
    isFresh({ signedInAt: new Date(receivedAt - msAgo).toISOString(), receivedAt }, 300);

  test.each([
    [0, true],
    [300_000, true],
    [300_001, false],
    [-60_000, true],
    [-60_001, false],
  ])('%i ms ago: %s', (msAgo, is) => {
    expect(fresh(msAgo)).toBe(is);
  });

  test('who does not say when is not believed', () => {
    expect(isFresh({ signedInAt: undefined, receivedAt }, 300)).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { commands, move } from '#functions/enrolment/rules/status.ts';
import { type StatusWord, statuses } from '#shared/kernel/status.ts';

/** Every move there is, written out once more by hand. */
const allowed = new Set([
  'known invite invited',
  'known object opposed',
  'known activate activated',
  'invited object opposed',
  'invited activate activated',
  'invited open open',
  'open object opposed',
  'open activate activated',
  'open close closed',
  'opposed activate activated',
  'opposed expire deleting',
  'activated suspend suspended',
  'activated close closed',
  'suspended resume activated',
  'suspended close closed',
  'closed activate activated',
  'closed request-deletion deletion-requested',
  'closed expire deleting',
  'deletion-requested activate activated',
  'deletion-requested stop-deletion closed',
  'deletion-requested begin-deletion deleting',
  'deleting finish-deletion deleted',
  'deleted activate activated',
  'deceased expire deleting',
  ...statuses
    .filter((one) => !['deceased', 'deleting', 'deleted'].includes(one))
    .map((one) => `${one} record-death deceased`),
]);

describe('the states of a record and its moves', () => {
  test.each(statuses.flatMap((from) => commands.map((command) => [from, command] as const)))(
    '%s, %s',
    (from, command) => {
      const to = move(from, command);
      const written = statuses.find((word) => allowed.has(`${from} ${command} ${word}`));
      expect(to).toBe(written);
    },
  );

  test('ENR-2: only an invitation leads to an opening by itself', () => {
    expect(statuses.filter((from) => move(from, 'open') !== undefined)).toEqual(['invited']);
  });

  test('ENR-41: whoever objected may still activate', () => {
    expect(move('opposed', 'activate')).toBe('activated');
  });

  test('ENR-44: a deletion that runs cannot be stopped', () => {
    expect(move('deletion-requested', 'activate')).toBe('activated');
    expect(move('deleting', 'activate')).toBeUndefined();
    expect(move('deleting', 'stop-deletion')).toBeUndefined();
  });

  test('ENR-46: after death nothing moves but the end of the years that it is kept', () => {
    const after = commands.filter((command) => move('deceased', command) !== undefined);
    expect(after).toEqual(['expire']);
  });

  test('every state but the last can be left, and every state but the first reached', () => {
    const reached = new Set<StatusWord | undefined>();
    for (const from of statuses) for (const command of commands) reached.add(move(from, command));
    expect(statuses.filter((one) => !reached.has(one))).toEqual(['known']);
  });
});

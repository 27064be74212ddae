import { describe, expect, test } from 'vitest';
import { matches, placeOf, wantedBy } from '#functions/documents/rules/search.ts';
import { DocumentReference, type SearchForm } from '#functions/documents/schema.ts';

const document = (change: object = {}) =>
  DocumentReference.parse({
    resourceType: 'DocumentReference',
    id: 'a',
    status: 'current',
    type: { coding: [{ system: 'http://loinc.org', code: '11502-2' }] },
    category: [{ coding: [{ system: 'urn:oid:1.2.250.1.213.1.1.4.1', code: '10' }] }],
    date: '2022-01-30T10:00:00+01:00',
    content: [{ attachment: {} }],
    ...change,
  });

function finds(form: SearchForm, change: object = {}): boolean | string {
  const wanted = wantedBy(form);
  return 'wrong' in wanted ? `wrong ${wanted.wrong}` : matches(document(change), wanted);
}

describe('a search', () => {
  test.each([
    ['11502-2', true],
    ['http://loinc.org|11502-2', true],
    ['urn:oid:2.16.840.1.113883.6.1|11502-2', true],
    ['http://loinc.org|', true],
    ['http://example.org|11502-2', false],
    ['34112-3', false],
    ['34112-3,11502-2', true],
    ['', 'wrong type'],
    ['11502-2,', 'wrong type'],
  ])('DOC-30 by type %s', (type, wanted) => {
    expect(finds({ type })).toBe(wanted);
  });

  test.each([
    ['10', true],
    ['https://mos.esante.gouv.fr/NOS/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument|10', true],
    ['11', false],
    ['|', 'wrong category'],
  ])('DOC-30 by category %s', (category, wanted) => {
    expect(finds({ category })).toBe(wanted);
  });

  test.each([
    ['2022', true],
    ['2022-01', true],
    ['2022-01-30', true],
    ['2022-01-31', false],
    ['eq2022-01-30T10:00+01:00', true],
    ['2022-01-30T09:00:00Z', true],
    ['2022-01-30T09:00:01Z', false],
    ['ge2022-01-30', true],
    ['gt2022-01-30', false],
    ['le2022-01-30', true],
    ['lt2022-01-30', false],
    ['lt2022-01-31', true],
    ['gt2022-01-29', true],
    ['ge2023', false],
    [['ge2022-01-01', 'lt2022-02-01'], true],
    [['ge2022-02-01', 'lt2022-03-01'], false],
    ['2022-02-30', 'wrong date'],
    ['2022-13', 'wrong date'],
    ['hier', 'wrong date'],
    ['ap2022', 'wrong date'],
    ['2022-01-30T25:00:00Z', 'wrong date'],
  ])('DOC-30 by date %s', (date, wanted) => {
    expect(finds({ date })).toBe(wanted);
  });

  test('days are those of Paris, also around midnight and when the clocks change', () => {
    const late = { date: '2022-01-29T23:30:00Z' };
    expect(finds({ date: '2022-01-30' }, late)).toBe(true);
    expect(finds({ date: '2022-01-29' }, late)).toBe(false);
    const summer = { date: '2022-03-27T21:59:59Z' };
    expect(finds({ date: '2022-03-27' }, summer)).toBe(true);
    expect(finds({ date: '2022-03-27' }, { date: '2022-03-27T22:00:00Z' })).toBe(false);
  });

  test('DOC-24 finds what is current unless it asks for more', () => {
    expect(finds({}, { status: 'superseded' })).toBe(false);
    expect(finds({ status: 'superseded' }, { status: 'superseded' })).toBe(true);
    expect(finds({ status: 'current,superseded' }, { status: 'superseded' })).toBe(true);
    expect(finds({ status: 'entered-in-error' })).toBe('wrong status');
  });

  test('DOC-21 never finds what its author keeps from the patient', () => {
    const securityLabel = [
      {
        coding: [{ system: 'urn:oid:1.2.250.1.213.1.4.13', code: 'INVISIBLE_PATIENT' }],
      },
      {
        coding: [{ system: 'urn:oid:1.2.250.1.213.1.1.4.13', code: 'INVISIBLE_PATIENT' }],
      },
    ];
    expect(finds({}, { securityLabel })).toBe(false);
  });

  test('tells the latest first; two of one instant have an order, too', () => {
    const places = [
      document({ id: 'b' }),
      document({ id: 'a' }),
      document({ id: 'z', date: '1969-12-31T00:00:00Z' }),
      document({ id: 'c', date: '2023-01-01T00:00:00Z' }),
      document({ id: 'n', date: undefined }),
    ].map(placeOf);
    expect(places.toSorted().map((place) => place.at(-1))).toEqual(['n', 'z', 'a', 'b', 'c']);
  });
});

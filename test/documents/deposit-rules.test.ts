import { describe, expect, test } from 'vitest';
import { categoryByType, patientTypes } from '#functions/documents/data/categories.ts';
import { classes } from '#functions/documents/data/classes.ts';
import { refusedTypes, types } from '#functions/documents/data/types.ts';
import { describe as register } from '#functions/documents/rules/describe.ts';
import { categoryOf, isOfPatient, kindOf } from '#functions/documents/rules/kind.ts';
import { insOf, professionalOf } from '#functions/documents/rules/people.ts';
import { deposit, ownDeposit, pdf } from './deposits.ts';
import { ans, judged, loinc, nir, of, reasons, typed } from './judged.ts';

describe('a complete deposit', () => {
  test('DOC-30 DOC-31 is taken from an establishment and from a patient', () => {
    expect(reasons(deposit(nir))).toEqual([]);
    expect(reasons(ownDeposit(), 'holder')).toEqual([]);
  });
});

describe('kinds of documents', () => {
  test.each(refusedTypes)('DOC-0 %s is refused by name', (code) => {
    expect(reasons(deposit(nir, { type: typed(code) }))).toEqual(['DOC-0 documents/type-refused']);
  });

  test('DOC-0 a type of nobody, of another system, or two types at once are not known', () => {
    const twice = { coding: [...loinc('11502-2').coding, ...loinc('34112-3').coding] };
    const foreign = { coding: [{ system: 'http://example.org', code: '11502-2' }] };
    for (const type of [loinc('99999-9'), foreign, ans('11502-2'), loinc('DOCPAT01'), twice])
      expect(kindOf(type)).toBe('type-unknown');
    expect(kindOf(undefined)).toBe('type-missing');
    expect(kindOf({ text: 'Bilan' })).toBe('type-missing');
  });

  test('DOC-2 each type leads to one class that exists, and to a category', () => {
    expect(types.length).toBe(101);
    for (const [code, classCode] of types) {
      expect(classes[classCode], code).toBeDefined();
      expect(kindOf(typed(code)), code).toMatchObject({ type: code, classCode });
      expect(categoryOf({ type: code, classCode })).toMatch(/^[A-Z_]+$/);
    }
  });

  test.each([
    ['11502-2', 'BIOLOGIE'],
    ['34112-3', 'CPT_REND'],
    ['60591-5', 'SYNTHESE'],
    ['18748-4', 'RADIO_SC'],
    ['57833-6', 'ORD_SOIN'],
    ['60593-1', 'ORD_SOIN'],
    ['80565-5', 'ORD_SOIN'],
    ['11369-6', 'CAR_VAC'],
    ['89601-9', 'CERT_MED'],
    ['REMB', 'REMB'],
    ['59284-0', 'DOC_ADM'],
    ['EXPPAT_2', 'AUTR_DOC'],
    ['83869-8', 'DEPISTAG'],
  ])('DOC-2 %s is found under %s', (code, category) => {
    const kind = kindOf(typed(code));
    expect(typeof kind === 'string' ? kind : categoryOf(kind)).toBe(category);
    expect(Object.keys(categoryByType).length).toBe(10);
  });

  test('DOC-2 a class that was given must be the one that follows from the type', () => {
    const category = (code: string) => [
      {
        coding: [
          {
            system:
              'https://mos.esante.gouv.fr/NOS/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument',
            code,
          },
        ],
      },
    ];
    expect(reasons(deposit(nir, { category: category('10') }))).toEqual([]);
    expect(reasons(deposit(nir, { category: category('11') }))).toEqual([
      'DOC-2 documents/class-disagrees',
    ]);
  });

  test('DOC-1 patients deposit their types and no others, professionals no patient’s type', () => {
    expect(Object.values(patientTypes).every(isOfPatient)).toBe(true);
    for (const code of Object.values(patientTypes)) {
      expect(reasons(ownDeposit({ type: typed(code) }), 'holder'), code).toEqual([]);
      const refused = code === '74465-6' ? [] : ['DOC-1 documents/type-of-patient'];
      expect(reasons(deposit(nir, { type: typed(code) })), code).toEqual(refused);
    }
    expect(reasons(ownDeposit({ type: loinc('11502-2') }), 'holder')).toEqual([
      'DOC-1 documents/type-of-professional',
    ]);
  });
});

describe('people', () => {
  const subject = (value: string, system = 'urn:oid:1.2.250.1.213.1.4.8') => ({
    identifier: { system, value },
  });
  test('DOC-30 the patient is named by INS: identifier, contained patient or conditional reference', () => {
    const inside = {
      contained: [{ resourceType: 'Patient', id: 'p', identifier: [subject(nir).identifier] }],
      subject: { reference: '#p' },
    };
    const conditional = {
      subject: { reference: `Patient?identifier=urn:oid:1.2.250.1.213.1.4.8|${nir}` },
    };
    for (const change of [{ subject: subject(nir) }, inside, conditional])
      expect(insOf(of(deposit(nir, change)))).toEqual({ ins: nir });
    expect(insOf(of(deposit(nir, { subject: subject('123456789012345') })))).toBe('subject-ins');
    for (const change of [undefined, { display: 'Odette' }, subject(nir, 'urn:oid:1.2.3')])
      expect(insOf(of(deposit(nir, { subject: change })))).toBe('subject-missing');
  });

  test('DOC-31 an establishment names a professional by his national id', () => {
    expect(professionalOf(of(deposit(nir)))).toEqual({
      id: '899700218896',
      name: 'Dr Salima Supposée',
    });
    expect(reasons(deposit(nir, { author: [{ display: 'Docteur X' }] }))).toEqual([
      'DOC-31 documents/author-professional',
    ]);
    expect(reasons(deposit(nir, { author: undefined }))).toEqual([
      'DOC-31 documents/author-missing',
    ]);
    const role = {
      reference: { identifier: { system: 'urn:oid:1.2.250.1.71.4.2.1', value: '8' } },
    };
    expect(reasons(deposit(nir, { author: [role.reference] }))).toEqual([
      'DOC-31 documents/author-professional',
    ]);
  });

  test('DOC-31 a patient’s document has no other author', () => {
    expect(reasons(ownDeposit({ author: [{ reference: 'Patient/1' }] }), 'holder')).toEqual([]);
    expect(reasons(ownDeposit({ author: [{ reference: 'Practitioner/1' }] }), 'holder')).toEqual([
      'DOC-31 documents/author-patient',
    ]);
  });
});

describe('identifiers', () => {
  const named = (value: string | undefined, system = 'urn:ietf:rfc:3986') =>
    reasons(
      deposit(nir, { masterIdentifier: value === undefined ? undefined : { system, value } }),
    );
  test('DOC-27 the producer gives an OID or a UUID', () => {
    expect(named('urn:oid:1.2.250.1.213.1.4.8.99999.1')).toEqual([]);
    expect(named('urn:oid:1.2.250.1^12.A')).toEqual([]);
    expect(named('urn:uuid:0b4c7a06-3a3e-4a2e-9d0c-0a1f2a3b4c5d')).toEqual([]);
    for (const wrong of ['12', 'urn:oid:1.02.3', 'urn:oid:3.1.2', 'urn:uuid:1', 'http://x.org/1'])
      expect(named(wrong), wrong).toEqual(['DOC-27 documents/identifier-form']);
    expect(named('urn:oid:1.2.3', 'urn:x')).toEqual(['DOC-27 documents/identifier-form']);
    expect(named(undefined)).toEqual(['DOC-27 documents/identifier-missing']);
  });

  test('DOC-27 no identifier carries a matricule', () => {
    expect(named(`urn:oid:1.2.250.1.${nir}`)).toEqual(['DOC-27 documents/identifier-identity']);
  });

  test('DOC-27 what is kept has our ids beside the producer’s, and not the content', () => {
    const document = of(deposit(nir));
    const { kind } = judged(deposit(nir));
    if (!kind) throw new Error('no kind');
    const measured = { bytes: pdf(), sizeBytes: 3, sha1: 'x' };
    const registered = {
      document: 'd',
      version: 1,
      entry: 'e',
      receivedAt: '2022-01-31T12:00:00.000Z',
    };
    const kept = register(document, { kind, measured }, registered);
    expect(kept).toMatchObject({
      id: 'd',
      masterIdentifier: document.masterIdentifier,
      identifier: [{ use: 'usual', value: 'urn:uuid:e' }],
      securityLabel: [{ coding: [{ code: 'N' }] }],
      content: [
        {
          attachment: { url: 'Binary/d', size: 3 },
          format: { code: 'urn:ihe:iti:xds-sd:pdf:2008' },
        },
      ],
    });
    expect(JSON.stringify(kept)).not.toContain('"data"');
  });
});

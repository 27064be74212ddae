import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { categoryByType, patientTypes } from '#functions/documents/data/categories.ts';
import { classes } from '#functions/documents/data/classes.ts';
import { refusedTypes, types } from '#functions/documents/data/types.ts';
import { judgeDeposit } from '#functions/documents/rules/deposit.ts';
import { isHidden, describe as register } from '#functions/documents/rules/describe.ts';
import { categoryOf, isOfPatient, kindOf } from '#functions/documents/rules/kind.ts';
import { insOf, professionalOf } from '#functions/documents/rules/people.ts';
import { DocumentReference } from '#functions/documents/schema.ts';
import { nirKey } from '#shared/kernel/nir.ts';
import { deposit, ownDeposit, pdf, text } from './deposits.ts';

const now = Date.parse('2022-01-31T12:00:00Z');
const nir = `2850578006084${nirKey('2850578006084')}`;
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const ans = (code: string) => ({
  coding: [
    {
      system:
        'https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire',
      code,
    },
  ],
});
const typed = (code: string) => (/^\d+-\d$/.test(code) ? loinc(code) : ans(code));
const label = (...codes: readonly string[]) =>
  codes.map((code) => ({
    coding: [
      {
        system: /^.$/.test(code)
          ? 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
          : 'https://mos.esante.gouv.fr/NOS/TRE_A07-StatusVisibiliteDocument/FHIR/TRE-A07-StatusVisibiliteDocument',
        code,
      },
    ],
  }));

function judged(given: Record<string, unknown>, by: 'establishment' | 'holder' = 'establishment') {
  const document = DocumentReference.parse(given);
  const bytes = Buffer.from(document.content[0]?.attachment.data ?? '', 'base64');
  const measured = { bytes, sizeBytes: bytes.length, sha1: hash('sha1', bytes, 'base64') };
  return judgeDeposit({ document, measured, by, now });
}
const reasons = (given: Record<string, unknown>, by?: 'establishment' | 'holder') =>
  judged(given, by)
    .issues.filter(({ severity }) => severity === 'error')
    .map(({ code, rule }) => `${rule} ${code}`);
const of = (given: Record<string, unknown>) => DocumentReference.parse(given);
const attached = (change: object, content = pdf(), contentType = 'application/pdf') => {
  const made = deposit(nir, {}, { content, contentType });
  const [first] = DocumentReference.parse(made).content;
  return { ...made, content: [{ attachment: { ...first?.attachment, ...change } }] };
};

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

describe('content', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
  const cda = text(
    '<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>',
  );
  test.each([
    ['application/pdf', pdf(), []],
    ['text/plain; charset=utf-8', text('Bonjour'), []],
    ['text/rtf', text('{\\rtf1 }'), []],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), []],
    ['image/png', png, []],
    ['image/tiff', Buffer.from([0x49, 0x49, 0x2a, 0]), []],
    ['image/tiff', Buffer.from([0x4d, 0x4d, 0, 0x2a]), []],
    ['application/xml', cda, []],
    ['text/xml', text('<svg onload="x"/>'), ['DOC-10 documents/format-disagrees']],
    ['text/xml', text('<!DOCTYPE a><ClinicalDocument/>'), ['DOC-10 documents/format-disagrees']],
    ['application/pdf', png, ['DOC-10 documents/format-disagrees']],
    ['image/png', text('<html><script>'), ['DOC-10 documents/format-disagrees']],
    ['text/plain', Buffer.from([0, 1]), ['DOC-10 documents/format-disagrees']],
    ['text/plain', Buffer.from([0xe9, 0x74]), ['DOC-10 documents/format-disagrees']],
    ['text/html', text('<p>'), ['DOC-10 documents/format']],
    ['application/zip', text('PK'), ['DOC-10 documents/format']],
    ['image/svg+xml', text('<svg/>'), ['DOC-10 documents/format']],
    ['text/plain', text(' \n\t '), ['DOC-12 documents/empty']],
    ['application/pdf', text(''), ['DOC-12 documents/empty']],
  ])('DOC-10 DOC-12 %s', (contentType, content, wanted) => {
    expect(reasons(attached({}, content, contentType))).toEqual(wanted);
  });

  test('DOC-10 clinical documents are not for patients to send', () => {
    const made = ownDeposit({ content: attached({}, cda, 'application/xml').content });
    expect(reasons(made, 'holder')).toEqual(['DOC-10 documents/format']);
  });

  test('DOC-30 size and hash, where given, are those of the bytes', () => {
    expect(reasons(attached({ size: undefined, hash: undefined }))).toEqual([]);
    expect(reasons(attached({ size: 1 }))).toEqual(['DOC-30 documents/size-disagrees']);
    expect(reasons(attached({ hash: 'A/hMRrv6Y15BjSM8kMLidrz+mHc=' }))).toEqual([
      'DOC-30 documents/hash-disagrees',
    ]);
  });

  test('DOC-12 content is there, once, and joined', () => {
    expect(reasons(attached({ data: undefined }))).toEqual(['DOC-12 documents/content-missing']);
    expect(reasons(attached({ data: undefined, url: 'Binary/1' }))).toEqual([
      'DOC-30 documents/content-elsewhere',
    ]);
    const [first] = of(deposit(nir)).content;
    expect(reasons(deposit(nir, { content: [first, first] }))).toEqual([
      'DOC-30 documents/one-content',
    ]);
    expect(reasons(attached({ title: undefined }))).toEqual(['DOC-30 documents/title-missing']);
  });
});

describe('what describes it', () => {
  test.each([
    [['N'], []],
    [['R', 'MASQUE_PS'], []],
    [['V', 'INVISIBLE_REPRESENTANTS_LEGAUX'], []],
    [['N', 'R'], ['DOC-20 documents/confidentiality']],
    [['MASQUE_PS'], ['DOC-20 documents/confidentiality']],
    [['N', 'MASQUE_PSOCIAL'], ['DOC-20 documents/confidentiality']],
    [['N', 'MASQUE_PT'], ['DOC-20 documents/confidentiality']],
    [['U'], ['DOC-20 documents/confidentiality']],
    [['N', 'INVISIBLE_PATIENT', 'MASQUE_PS'], ['DOC-21 documents/visibility-combined']],
  ])('DOC-20 DOC-21 labels %j', (codes, wanted) => {
    expect(reasons(deposit(nir, { securityLabel: label(...codes) }))).toEqual(wanted);
  });

  test('DOC-21 only an author hides a document from its patient, and it is hidden then', () => {
    const securityLabel = label('N', 'INVISIBLE_PATIENT');
    expect(reasons(deposit(nir, { securityLabel }))).toEqual([]);
    expect(isHidden(of(deposit(nir, { securityLabel })))).toBe(true);
    expect(isHidden(of(deposit(nir)))).toBe(false);
    expect(reasons(ownDeposit({ securityLabel }), 'holder')).toEqual([
      'DOC-21 documents/visibility-of-author',
    ]);
  });

  test('DOC-24 DOC-25 is current, and replaces nothing yet', () => {
    expect(reasons(deposit(nir, { status: 'superseded' }))).toEqual(['DOC-24 documents/status']);
    const relatesTo = [{ code: 'replaces', target: { reference: 'DocumentReference/1' } }];
    expect(reasons(deposit(nir, { relatesTo }))).toEqual(['DOC-25 documents/replaces']);
    expect(reasons(deposit(nir, { relatesTo: [{ ...relatesTo[0], code: 'appends' }] }))).toEqual(
      [],
    );
  });

  test('DOC-30 was made at a time that has been, a day of grace for clocks', () => {
    const day = 86_400_000;
    const at = (ms: number) => reasons(deposit(nir, { date: new Date(ms).toISOString() }));
    expect(at(now + day)).toEqual([]);
    expect(at(now + day + 1)).toEqual(['DOC-30 documents/date-future']);
    expect(reasons(deposit(nir, { date: undefined }))).toEqual(['DOC-30 documents/date-missing']);
  });

  test('DOC-30 has a format code of a family that is known', () => {
    const [first] = of(deposit(nir)).content;
    const coded = (code: string) =>
      reasons(deposit(nir, { content: [{ ...first, format: { code } }] }));
    expect(coded('urn:ihe:iti:xds:2017:mimeTypeSufficient')).toEqual([]);
    expect(coded('urn:example:x')).toEqual(['DOC-30 documents/format-code']);
  });

  test('DOC-30 who claims the comprehensive profile gives all that it asks', () => {
    const profile = [
      'https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-comprehensive-document-reference',
    ];
    const missing = judged(deposit(nir, { meta: { profile } })).issues.map((one) => one.expression);
    expect(missing).toEqual(
      [
        'category',
        'securityLabel',
        'content[0].format',
        'context.period.start',
        'context.facilityType',
        'context.practiceSetting',
        'context.sourcePatientInfo',
      ].map((place) => `DocumentReference.${place}`),
    );
  });

  test('a place of care that our incomplete list does not know is taken with a warning', () => {
    const context = { facilityType: { coding: [{ code: 'SA99' }] } };
    expect(judged(deposit(nir, { context })).issues).toMatchObject([
      { severity: 'warning', code: 'documents/facility-unlisted' },
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { isHidden, isKeptFrom, readerOf } from '#functions/documents/rules/describe.ts';
import { deposit, ownDeposit, pdf, text } from './deposits.ts';
import { attached, judged, label, nir, now, of, reasons } from './judged.ts';

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

  test('DOC-10 DOC-11 clinical documents are not for patients to send', () => {
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

  test('MIN-4 MIN-14 what is kept from guardians is kept from a minor’s account too, until he is of age', () => {
    const secret = of(
      deposit(nir, { securityLabel: label('N', 'INVISIBLE_REPRESENTANTS_LEGAUX') }),
    );
    const kept = (isMinors: boolean) =>
      isKeptFrom(readerOf({ purpose: 'own-record', isMinors }), secret);
    expect([kept(true), kept(false)]).toEqual([true, false]);
    expect(isKeptFrom(readerOf({ purpose: 'own-record', isMinors: true }), of(deposit(nir)))).toBe(
      false,
    );
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

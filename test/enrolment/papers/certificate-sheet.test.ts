import { describe, expect, test } from 'vitest';
import { DeletionCertificate, SignedCertificate } from '#functions/enrolment/certificate-schema.ts';
import { certificateSheet } from '#functions/enrolment/papers/certificate-sheet.ts';
import { certificateWords, enclosedName } from '#functions/enrolment/papers/certificate-words.ts';
import { drawProof } from '#functions/enrolment/papers/proof-sheet.ts';
import { verifyCertificate } from '#infra/local/verify/certificate.ts';
import { certificateIn, saysWhatItCarries } from '#infra/local/verify/enclosed.ts';
import { canonical } from '#shared/kernel/canonical.ts';
import { paper } from '#shared/paper/paper.ts';
import { openPdf } from '#test/support/read-pdf.ts';
import { certificate, longestSender, sender, signed, wordsOf } from './sheets.ts';

const one = signed(certificate);

describe('ENR-43: the certificate of a deletion on paper', () => {
  test('says each field in words, with key and signature', async () => {
    const text = await wordsOf(await certificateSheet(one, sender));
    for (const words of [
      'Attestation de suppression',
      'Service mes-prod',
      'Espace abcd efgh jkmn pqrs tvwx yz01 23',
      'Suppression numéro 2',
      'Espace fermé le mardi 1er février 2022 à 0 h 30 min 00 s',
      'Suppression demandée le mardi 1er février 2022 à 0 h 31 min 02 s',
      'Suppression commencée le mercredi 2 mars 2022 à 1 h 15 min 00 s',
      'Clé de chiffrement détruite le mercredi 2 mars 2022 à 1 h 15 min 04 s',
      'Clé introuvable depuis le mercredi 2 mars 2022 à 1 h 20 min 04 s',
      'Documents supprimés 12',
      'Versions supprimées 17',
      'Contenus effacés le dimanche 27 mars 2022 à 1 h 59 min 59 s',
      'Notifications effacées le dimanche 27 mars 2022 à 3 h 00 min 00 s',
      'Suppression terminée le dimanche 27 mars 2022 à 8 h 00 min 00 s',
    ])
      expect(text).toContain(words);
    const unspaced = text.replaceAll(' ', '');
    for (const word of [one.signature, one.key.kid]) expect(unspaced).toContain(word);
  });

  test('what it says is what lies inside: no field can be changed without the words', () => {
    const changed: Record<keyof Required<DeletionCertificate>, unknown> = {
      ...{ v: 1, kind: 'deletion-certificate', deployment: 'other', record: 'x', deletion: 3 },
      ...{ cause: 'holder-died', documents: 13, versions: 18 },
      ...{ closedAt: '2023-01-31T23:30:01.000Z', askedAt: undefined },
      ...{ begunAt: '2023-01-31T23:30:02.000Z', keyDestroyedAt: '2023-01-31T23:30:03.000Z' },
      ...{ cachesEmptyAt: '2023-01-31T23:30:04.000Z', contentErasedAt: '2023-01-31T23:30:05.000Z' },
      ...{ noticesErasedAt: '2023-01-31T23:30:06.000Z', finishedAt: '2023-01-31T23:30:07.000Z' },
    };
    expect(Object.keys(changed).sort()).toEqual(Object.keys(DeletionCertificate.shape).sort());
    const before = JSON.stringify(certificateWords(one, sender));
    for (const [field, value] of Object.entries(changed)) {
      const other = DeletionCertificate.parse({ ...certificate, [field]: value });
      const words = JSON.stringify(certificateWords({ ...one, certificate: other }, sender));
      // Of version and kind there is one only.
      expect(words === before, field).toBe(['v', 'kind'].includes(field));
    }
  });

  test('carries what was signed, which is verified out of the PDF, and refused when a byte changed', async () => {
    const bytes = await certificateSheet(one, sender);
    const inside = (await certificateIn(bytes)) ?? '';
    expect(SignedCertificate.parse(JSON.parse(inside))).toEqual(one);
    const keys = JSON.stringify({ keys: [one.key] });
    expect(verifyCertificate(inside, keys)).toMatchObject({ status: 0 });
    const forged = { ...one, certificate: { ...certificate, documents: 13 } };
    const other = (await certificateIn(await certificateSheet(forged, sender))) ?? '';
    expect(verifyCertificate(other, keys)).toMatchObject({ status: 1 });
    const json = Buffer.from(JSON.stringify(one));
    expect(await certificateIn(json)).toBe(json.toString());
  });

  test('a PDF that carries none, or is broken, is no certificate', async () => {
    const bytes = await certificateSheet(one, sender);
    expect(await certificateIn(bytes.subarray(0, 2000))).toBeUndefined();
    const renamed = Buffer.from(
      bytes.toString('latin1').replaceAll('attestation-de-suppression.json', 'x'.repeat(31)),
      'latin1',
    );
    expect(await certificateIn(renamed)).toBeUndefined();
  });

  test('is one tagged sheet of equal bytes, and its enclosed file is an associated one', async () => {
    expect((await openPdf(await certificateSheet(one, longestSender))).numPages).toBe(1);
    const bytes = await certificateSheet(one, sender);
    expect(bytes.equals(await certificateSheet(one, sender))).toBe(true);
    const pdf = await openPdf(bytes);
    const { info, metadata } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: 'Attestation de suppression', Language: 'fr-FR' });
    expect(metadata?.get('pdfuaid:part')).toBe('1');
    expect(bytes.toString('latin1')).toMatch(/\/AFRelationship \/Alternative/);
    expect(bytes.toString('latin1')).toMatch(/\/AF \[\d+ 0 R\]/);
  });
});

describe('ENR-43: a sheet shows what is signed inside', () => {
  /** Words of one certificate over another one that was signed. */
  const over = (shown: SignedCertificate) =>
    paper(
      {
        ...{ title: 'Attestation', author: sender.name, madeAt: 0 },
        encloses: {
          ...{ name: enclosedName, type: 'application/json', description: 'x' },
          bytes: Buffer.from(canonical(one), 'utf8'),
        },
      },
      [(sheet) => drawProof(sheet, certificateWords(shown, sender), sender, 10.5)],
    );
  const isTrue = async (sheet: Uint8Array) =>
    saysWhatItCarries(sheet, (await certificateIn(sheet)) ?? '');

  test('ours do, whoever sends them', async () => {
    for (const by of [sender, longestSender])
      expect(await isTrue(await certificateSheet(one, by))).toBe(true);
  });

  test.each([
    ['fewer documents', { documents: 1 }],
    ['an earlier end', { finishedAt: '2022-03-26T06:00:00.000Z' }],
    ['another record', { record: 'zbcdefghjkmnpqrstvwxyz0123' }],
  ])('one that shows %s does not, though the signature inside holds', async (_, change) => {
    const sheet = await over({ ...one, certificate: { ...certificate, ...change } });
    expect(verifyCertificate((await certificateIn(sheet)) ?? '').status).toBe(0);
    expect(await isTrue(sheet)).toBe(false);
  });

  test('a certificate as JSON shows nothing beside', async () => {
    expect(await saysWhatItCarries(Buffer.from(canonical(one)), canonical(one))).toBe(true);
  });
});

import { hash, randomUUID } from 'node:crypto';

export const text = (words: string): Buffer => Buffer.from(words, 'utf8');
export const pdf = (words = 'vide'): Buffer => text(`%PDF-1.7\n${words}\n%%EOF`);

/** A deposit as a laboratory's software makes it, complete; a test changes what it is about. */
export function deposit(
  nir: string,
  change: Readonly<Record<string, unknown>> = {},
  { content = pdf('Hémoglobine 13,2 g/dL'), contentType = 'application/pdf' } = {},
): Record<string, unknown> {
  return {
    resourceType: 'DocumentReference',
    contained: [
      {
        resourceType: 'Practitioner',
        id: 'auteur',
        identifier: [{ system: 'urn:oid:1.2.250.1.71.4.2.1', value: '899700218896' }],
        name: [{ family: 'Supposée', given: ['Salima'], prefix: ['Dr'] }],
      },
    ],
    masterIdentifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${randomUUID()}` },
    status: 'current',
    type: {
      coding: [
        { system: 'http://loinc.org', code: '11502-2', display: 'CR d’examens biologiques' },
      ],
    },
    subject: { identifier: { system: 'urn:oid:1.2.250.1.213.1.4.8', value: nir } },
    date: '2022-01-30T10:00:00+01:00',
    author: [{ reference: '#auteur' }],
    content: [
      {
        attachment: {
          contentType,
          language: 'fr-FR',
          data: content.toString('base64'),
          size: content.length,
          hash: hash('sha1', content, 'base64'),
          title: 'Bilan sanguin',
        },
      },
    ],
    ...change,
  };
}

/** A deposit as a patient makes it. */
export function ownDeposit(
  change: Readonly<Record<string, unknown>> = {},
  content = text('Mes vaccins au Brésil'),
): Record<string, unknown> {
  const type = {
    coding: [
      {
        system:
          'https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire',
        code: 'DOCPAT06',
      },
    ],
  };
  const made = deposit('', { type, ...change }, { content, contentType: 'text/plain' });
  const { subject: _subject, author: _author, contained: _contained, ...own } = made;
  return { ...own, ...change };
}

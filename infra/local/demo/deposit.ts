import { hash, randomUUID } from 'node:crypto';

export const demoWords = 'Hémoglobine : 13,2 g/dL. Document fictif.\n';

/** A small report as a laboratory's software deposits it for a ready person (ITI-105, PDSm). */
export function demoDeposit({ nir, at }: { nir: string; at: number }) {
  const content = Buffer.from(demoWords, 'utf8');
  const author = {
    resourceType: 'Practitioner',
    id: 'auteur',
    identifier: [{ system: 'urn:oid:1.2.250.1.71.4.2.1', value: '899700000033' }],
    name: [{ family: 'Supposée', given: ['Salima'], prefix: ['Dr'] }],
  };
  const attachment = {
    contentType: 'text/plain',
    language: 'fr-FR',
    data: content.toString('base64'),
    size: content.length,
    hash: hash('sha1', content, 'base64'),
    title: 'Bilan sanguin',
  };
  return {
    resourceType: 'DocumentReference',
    contained: [author],
    masterIdentifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${randomUUID()}` },
    status: 'current',
    type: { coding: [{ system: 'http://loinc.org', code: '11502-2' }] },
    subject: { identifier: { system: 'urn:oid:1.2.250.1.213.1.4.8', value: nir } },
    date: new Date(at).toISOString(),
    author: [{ reference: '#auteur' }],
    content: [{ attachment }],
  };
}

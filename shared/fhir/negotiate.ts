import { refusals } from '../kernel/refusal.ts';

/** Refusals that any FHIR route may answer. */
export const refuse = refusals('fhir', {
  'not-acceptable': [406, 'Les réponses sont en JSON (application/fhir+json), pas en XML'],
});

const fhirXml = /^(application|text)\/fhir\+xml/i;
const anyXml = /^(xml|(application|text)\/(fhir\+)?xml)/i;

/**
 * Refuses a caller who takes nothing but XML. A document may itself be XML (CDA), so where content is
 * answered only FHIR's own XML is meant.
 */
export function refuseXml(asked: {
  readonly accept: string;
  readonly format: string | undefined;
  readonly as: 'resource' | 'content';
}): void {
  const isXml = (type: string) => (asked.as === 'content' ? fhirXml : anyXml).test(type.trim());
  const types = asked.format === undefined ? asked.accept.split(',') : [asked.format];
  if (types.every(isXml)) throw refuse('not-acceptable');
}

import { parseNir } from '#shared/kernel/nir.ts';
import type { Contained, DocumentReference, Identifier, Reference } from '../schema.ts';
import type { Reason } from './reasons.ts';

/** INS by NIR; other systems of INS (NIA, test numbers) are not taken. */
export const insSystem = 'urn:oid:1.2.250.1.213.1.4.8';
/** National ids of professionals (PSIdNat): the type digit, then RPPS and the like. */
export const professionalSystem = 'urn:oid:1.2.250.1.71.4.2.1';

/** Who stands behind a reference: the contained resource, if it is one. */
function containedBy(document: DocumentReference, given: Reference): Contained | undefined {
  const { reference } = given;
  if (!reference?.startsWith('#')) return undefined;
  return document.contained?.find(({ id }) => id === reference.slice(1));
}

/** `Patient?identifier=system|value`, the conditional reference of French guides. */
function conditional(reference: string | undefined): Identifier | undefined {
  const found = /^Patient\?identifier=([^|]+)\|(.+)$/.exec(reference ?? '');
  return found ? { system: found[1], value: found[2] } : undefined;
}

function identifiersOf(document: DocumentReference, given: Reference): Identifier[] {
  const inside = containedBy(document, given);
  return [
    ...(given.identifier ? [given.identifier] : []),
    ...(conditional(given.reference) ? [conditional(given.reference) ?? {}] : []),
    ...(inside?.identifier ?? []),
    ...(inside?.practitioner?.identifier ? [inside.practitioner.identifier] : []),
  ];
}

/** The patient's INS (his NIR with its key): by identifier, contained patient or conditional reference. */
export function insOf(document: DocumentReference): { ins: string } | Reason {
  const { subject } = document;
  if (!subject) return 'subject-missing';
  const values = identifiersOf(document, subject)
    .filter(({ system }) => system === insSystem)
    .flatMap(({ value }) => value ?? []);
  const [value] = new Set(values);
  if (value === undefined) return 'subject-missing';
  const read = parseNir(value);
  return read.ok && new Set(values).size === 1 ? { ins: read.nir } : 'subject-ins';
}

/** A professional who wrote a document. */
export interface Professional {
  readonly id: string;
  readonly name?: string;
}

function nameOf(inside: Contained | undefined, given: Reference): string | undefined {
  if (typeof inside?.name === 'string') return inside.name;
  const [first] = inside?.name ?? [];
  const parts = [...(first?.prefix ?? []), ...(first?.given ?? []), first?.family ?? ''];
  const full = first?.text ?? parts.filter(Boolean).join(' ');
  const found = full === '' ? (given.display ?? inside?.practitioner?.display) : full;
  return found?.slice(0, 200);
}

/** The first author who is a professional named by his national id (DOC-31). */
export function professionalOf(document: DocumentReference): Professional | undefined {
  for (const author of document.author ?? []) {
    const found = identifiersOf(document, author).find(
      ({ system, value }) => system === professionalSystem && /^\d{9,20}$/.test(value ?? ''),
    );
    const name = nameOf(containedBy(document, author), author);
    if (found?.value) return name ? { id: found.value, name } : { id: found.value };
  }
  return undefined;
}

/** Whether every author is the patient himself (DOC-31). */
export function isByPatient(document: DocumentReference): boolean {
  return (document.author ?? []).every((author) => {
    const inside = containedBy(document, author);
    if (inside) return inside.resourceType === 'Patient';
    return author.type === 'Patient' || /^Patient[/?]/.test(author.reference ?? '');
  });
}

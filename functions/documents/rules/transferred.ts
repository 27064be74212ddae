import type { Issue } from '#shared/fhir/issue.ts';
import { systems } from '../data/classes.ts';
import type { TransferFault } from '../data/transfer-faults.ts';
import type { DocumentReference } from '../schema.ts';
import { isKeptFrom, type Registered } from './describe.ts';
import { judgeIdentifier, judgeLabels } from './metadata.ts';
import { insOf } from './people.ts';

/**
 * What speaks against a document of a DMP, sound FHIR though it is: an identifier or labels that are none (DOC-20,
 * DOC-27), another status than a filed document's (DOC-24), several contents, or another person's. Types and
 * formats of former years are not judged: a DMP moves whole.
 */
export function faultOfTransferred(
  resource: DocumentReference,
  ins: string,
): TransferFault | undefined {
  const issues: Issue[] = [...judgeIdentifier(resource), ...judgeLabels(resource, 'establishment')];
  const isFiled = resource.status === 'current' || resource.status === 'superseded';
  const [only, another] = resource.content;
  const isOne = only !== undefined && another === undefined && only.attachment.data === undefined;
  if (issues.some(({ severity }) => severity === 'error') || !isFiled || !isOne)
    return 'resource-unsound';
  const subject = insOf(resource);
  if (subject === 'subject-missing') return undefined;
  return typeof subject !== 'string' && subject.ins === ins ? undefined : 'resource-of-another';
}

/** A document of a DMP as it is kept and answered here: all that came, under our ids; labels and status are its own. */
export function describeTransferred(
  given: DocumentReference,
  measured: { readonly sizeBytes: number; readonly sha1: string },
  { document, version, entry, receivedAt }: Registered,
): DocumentReference {
  const [first] = given.content;
  const [confidentiality] = systems.confidentiality;
  const others = (given.identifier ?? []).filter(({ use }) => use !== 'usual');
  const usual = { use: 'usual', system: 'urn:ietf:rfc:3986', value: `urn:uuid:${entry}` };
  const attachment = {
    ...first?.attachment,
    url: `Binary/${document}`,
    size: measured.sizeBytes,
    hash: measured.sha1,
  };
  return {
    ...given,
    id: document,
    meta: { ...given.meta, versionId: String(version), lastUpdated: receivedAt },
    identifier: [...others, usual],
    securityLabel: given.securityLabel ?? [{ coding: [{ system: confidentiality, code: 'N' }] }],
    content: [{ ...first, attachment }],
  };
}

/** Whether everybody who reads the record may know of a document: it is neither kept from the patient nor a minor's secret. */
export const isForEverybody = (resource: DocumentReference, isMinors: boolean): boolean =>
  !isKeptFrom(isMinors ? 'child-record' : 'own-record', resource);

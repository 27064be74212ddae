import type { Purpose } from '#shared/access/decide.ts';
import { systems } from '../data/classes.ts';
import { formats } from '../data/formats.ts';
import type { DocumentReference } from '../schema.ts';
import { type Measured, mimeOf } from './content.ts';
import { codesIn, type Kind } from './kind.ts';

/** What the register adds to a deposit: its own ids, and what follows from type and bytes. */
export interface Registered {
  readonly document: string;
  readonly version: number;
  readonly entry: string;
  readonly receivedAt: string;
}

/**
 * A deposit as it is kept and answered (DOC-27): `id` is our stable one, the identifier of use `usual` is
 * that of this version of the metadata, `masterIdentifier` stays the producer's. The content is left out.
 */
export function describe(
  given: DocumentReference,
  { kind, measured }: { kind: Kind; measured: Measured },
  registered: Registered,
): DocumentReference {
  const { document, version, entry, receivedAt } = registered;
  const [first] = given.content;
  const { data: _data, ...attachment } = first?.attachment ?? {};
  const format = formats.find(({ mime }) => mime === mimeOf(attachment.contentType));
  const others = (given.identifier ?? []).filter(({ use }) => use !== 'usual');
  const usual = { use: 'usual', system: 'urn:ietf:rfc:3986', value: `urn:uuid:${entry}` };
  const [classSystem] = systems.class;
  const [confidentiality] = systems.confidentiality;
  const [formatSystem] = systems.format;
  return {
    ...given,
    id: document,
    meta: { ...given.meta, versionId: String(version), lastUpdated: receivedAt },
    identifier: [...others, usual],
    status: 'current',
    category: [
      { coding: [{ system: classSystem, code: kind.classCode, display: kind.classLabel }] },
    ],
    securityLabel: given.securityLabel ?? [{ coding: [{ system: confidentiality, code: 'N' }] }],
    content: [
      {
        ...first,
        attachment: {
          ...attachment,
          language: attachment.language ?? 'fr-FR',
          url: `Binary/${document}`,
          size: measured.sizeBytes,
          hash: measured.sha1,
        },
        format: first?.format ?? { system: formatSystem, code: format?.code ?? '' },
      },
    ],
  };
}

/** Whether the author keeps a document from the patient for now (DOC-21). */
export const isHidden = (document: DocumentReference): boolean =>
  isLabelled(document, 'INVISIBLE_PATIENT');

/** Whether a document of a minor is to stay unknown to his legal representatives (MIN-12, MIN-14). */
export const isSecret = (document: DocumentReference): boolean =>
  isLabelled(document, 'INVISIBLE_REPRESENTANTS_LEGAUX');

/** Who reads: the holder himself, or a guardian for him. */
export type Reader = Purpose;

/** As whom one reads: an account of a minor's own may be in his guardians' hands, so it reads as theirs do (MIN-4). */
export const readerOf = (grant: {
  readonly purpose: Purpose;
  readonly isMinors: boolean;
}): Reader => (grant.isMinors ? 'child-record' : grant.purpose);

/** Whether a document is as if it were not there for who reads: it is neither found, read nor counted. */
export const isKeptFrom = (reader: Reader, document: DocumentReference): boolean =>
  isHidden(document) || (reader !== 'own-record' && isSecret(document));

function isLabelled({ securityLabel = [] }: DocumentReference, code: string): boolean {
  return securityLabel.some((one) => codesIn(one, ...systems.visibility).includes(code));
}

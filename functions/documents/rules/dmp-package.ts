import type { TransferFault } from '../data/transfer-faults.ts';
import type { Lists, Manifest, PackedDocument } from '../schema-dmp.ts';

const names = ['documents', 'reimbursements', 'blocks', 'authorisations', 'traces'] as const;

/** The lists of a manifest alone: what is hashed. */
export function listsOf(manifest: Lists): Lists {
  const { documents, reimbursements, blocks, authorisations, traces } = manifest;
  return { documents, reimbursements, blocks, authorisations, traces };
}

/**
 * What is wrong with a manifest in itself: name, counts, hash of the lists, a document twice; undefined where
 * nothing is. `transfer` as its key names it, `computed` from what came.
 */
export function faultOfPackage(
  manifest: Manifest,
  { transfer, computed }: { readonly transfer: string; readonly computed: string },
): TransferFault | undefined {
  if (manifest.transfer !== transfer) return 'manifest-elsewhere';
  if (names.some((name) => manifest[name].length !== manifest.counts[name])) return 'count-differs';
  if (manifest.hash !== computed) return 'list-differs';
  const { documents } = manifest;
  const identifiers = new Set(documents.map(identifierOf));
  const contents = new Set(documents.map(({ content }) => content));
  const isTwice = identifiers.size < documents.length || contents.size < documents.length;
  return isTwice ? 'named-twice' : undefined;
}

/** The producer's identifier of a document; without one it is unsound, and told so at its turn. */
export const identifierOf = ({ resource }: PackedDocument): string =>
  resource.masterIdentifier?.value ?? '';

import { hash } from 'node:crypto';
import type { AccessGrant } from '#shared/access/grant.ts';
import { Rivalled } from '#shared/aws/transact.ts';
import { logDamage } from '#shared/log.ts';
import { idFrom } from '#shared/random.ts';
import { IntegrityError } from '#shared/sealing/integrity.ts';
import { type Dmp, listHeld, loadDmp } from './dmp-store.ts';
import { identifierOf } from './rules/dmp-package.ts';
import type { PackedDocument } from './schema-dmp.ts';
import { listDocuments, openDocument } from './store.ts';

/** The id of a document that comes with a DMP: always the same for the same identifier and content. */
export const documentOf = (holder: string, packed: PackedDocument): string =>
  idFrom('dmp-document', holder, identifierOf(packed), packed.sha256);

/** One word for the documents of a DMP: ids and hashes of all of them, in the order of their ids. */
export function digestOf(documents: readonly { document: string; sha256: string }[]): string {
  const words = documents.map(({ document, sha256 }) => `${document} ${sha256}`).sort();
  return hash('sha256', words.join('\n'), 'hex');
}

export const digestOfPackage = (holder: string, documents: readonly PackedDocument[]): string =>
  digestOf(documents.map((one) => ({ document: documentOf(holder, one), sha256: one.sha256 })));

/**
 * Compares what is there of a DMP, held and current, with what its package said, by count and by hash of all.
 * Of a record that was merged into another, also what has followed it there. Opens what describes each, so one that was changed or exchanged is found. An `IntegrityError` otherwise.
 */
export async function verifyDmp(grant: AccessGrant, dmp: Dmp, into?: AccessGrant): Promise<void> {
  // In this order: one that becomes current between the two readings is in both, never in none.
  const held = await listHeld(grant.holder);
  const own = [...held, ...(await listDocuments(grant))];
  const followed = into && into.holder !== grant.holder ? await listDocuments(into) : [];
  const all = [
    ...own.map((filed) => ({ filed, at: grant })),
    ...followed.map((filed) => ({ filed, at: into ?? grant })),
  ].filter(({ filed }) => filed.dmp === dmp.name);
  const documents: { document: string; sha256: string }[] = [];
  for (const { filed, at } of new Map(all.map((one) => [one.filed.document, one])).values()) {
    const { sha256 } = await openDocument(at, filed);
    const hex = Buffer.from(sha256, 'base64').toString('hex');
    documents.push({ document: filed.document, sha256: hex });
  }
  if (documents.length === dmp.of && digestOf(documents) === dmp.digest) return;
  // Another package that took its place explains it, and nothing else.
  if ((await loadDmp(grant.holder))?.name !== dmp.name) throw new Rivalled();
  logDamage({ event: 'integrity', job: 'dmp-transfer', counts: { found: documents.length } });
  throw new IntegrityError('a DMP is not what was taken in');
}

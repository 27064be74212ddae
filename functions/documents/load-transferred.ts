import { buffer } from 'node:stream/consumers';
import type { AccessGrant } from '#shared/access/grant.ts';
import { loadDmp } from './dmp-store.ts';
import { Manifest } from './schema-dmp.ts';
import { openContent } from './vault-store.ts';

/** What came with a DMP beside its documents, as it came. */
export type Transferred = Pick<
  Manifest,
  'source' | 'reimbursements' | 'blocks' | 'authorisations' | 'traces'
>;

/**
 * Blocks, authorisations, traces and reimbursements of the DMP that moved into a record, for whoever may read it;
 * undefined where none did. They are what the operator sent, word for word: nothing of them is decided upon here.
 */
export async function loadTransferred(grant: AccessGrant): Promise<Transferred | undefined> {
  grant.allows('read');
  const dmp = await loadDmp(grant.holder);
  if (dmp?.state !== 'moved') return undefined;
  const content = await openContent(grant, { document: dmp.rest, version: 1 });
  const manifest = Manifest.parse(JSON.parse((await buffer(content)).toString('utf8')));
  const { source, reimbursements, blocks, authorisations, traces } = manifest;
  return { source, reimbursements, blocks, authorisations, traces };
}

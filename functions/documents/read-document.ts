import { type AccessGrant, grantOwner } from '#shared/access/grant.ts';
import { operation } from '#shared/http/operation.ts';
import { appendLine } from '#shared/journal/append.ts';
import { newId } from '#shared/random.ts';
import type { Described, Filed } from './filed.ts';
import { entryOf } from './lines.ts';
import { refuse } from './refusals.ts';
import { routes } from './routes.ts';
import { isKeptFrom, readerOf } from './rules/describe.ts';
import { loadDocument, openDocument } from './store.ts';

export const readDocument = operation(routes.readDocument, async (asked) => {
  const { params, receivedAt } = asked;
  const grant = await grantOwner(asked);
  const { filed, described } = await openFor(grant, params.document);
  await appendLine(
    entryOf(grant, {
      id: newId(),
      at: receivedAt,
      action: 'documents/read-document',
      document: filed.document,
    }),
  );
  return { status: 200, body: described.resource, headers: { etag: `W/"${filed.version}"` } };
});

/**
 * A document of the record, opened for whoever holds the grant. One that is unknown, another's, or kept
 * from the reader (DOC-21, MIN-14) is answered alike.
 */
export async function openFor(
  grant: AccessGrant,
  document: string,
): Promise<{ filed: Filed; described: Described }> {
  grant.allows('read');
  const filed = await loadDocument(grant, document);
  if (!filed) throw refuse('unknown-document');
  const described = await openDocument(grant, filed);
  if (isKeptFrom(readerOf(grant), described.resource)) throw refuse('unknown-document');
  return { filed, described };
}

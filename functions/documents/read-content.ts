import { buffer } from 'node:stream/consumers';
import { grantHolder } from '#shared/access/grant.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { appendLine } from '#shared/journal/append.ts';
import { newId } from '#shared/random.ts';
import { whole } from './integrity.ts';
import { entryOf } from './lines.ts';
import { openFor } from './read-document.ts';
import { routes } from './routes.ts';
import { openContent } from './vault-store.ts';

/** The content of a document as a Binary; the line is written before the first byte leaves. */
export const readContent = operation(routes.readContent, async ({ caller, params, receivedAt }) => {
  const grant = await grantHolder(signedIn(caller));
  const { filed, described } = await openFor(grant, params.binary);
  const act = { id: newId(), at: receivedAt, action: 'documents/read-content' };
  await appendLine(entryOf(grant, { ...act, document: filed.document }));
  const bytes = await whole(async () => buffer(await openContent(grant, filed)));
  const contentType = described.resource.content[0]?.attachment.contentType;
  return {
    status: 200,
    body: {
      resourceType: 'Binary',
      id: filed.document,
      contentType,
      securityContext: { reference: `DocumentReference/${filed.document}` },
      data: bytes.toString('base64'),
    },
    headers: { etag: `W/"${filed.version}"` },
  };
});

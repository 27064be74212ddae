import { Readable } from 'node:stream';
import { grantOwner } from '#shared/access/grant.ts';
import { asBinary, wantsResource } from '#shared/fhir/binary.ts';
import { streamed } from '#shared/http/streamed.ts';
import { appendLine } from '#shared/journal/append.ts';
import { newId } from '#shared/random.ts';
import { entryOf } from './lines.ts';
import { openFor } from './read-document.ts';
import { routes } from './routes.ts';
import { openContent } from './vault-store.ts';

/**
 * The content of a document: its own bytes, or a Binary for who asks for FHIR. It is opened first and the
 * line written then, before the first byte leaves: no line without content, and no content without line.
 */
export const readContent = streamed(routes.readContent, async (asked) => {
  const { params, receivedAt, accept } = asked;
  const grant = await grantOwner(asked);
  const { filed, described } = await openFor(grant, params.binary);
  const { document, version } = filed;
  const content = await openContent(grant, filed);
  const act = { id: newId(), at: receivedAt, action: 'documents/read-content', document };
  await appendLine(entryOf(grant, act)).catch((error: unknown) => {
    content.destroy();
    throw error;
  });
  const contentType = described.resource.content[0]?.attachment.contentType ?? '';
  const headers = { etag: `W/"${version}"` };
  if (wantsResource(accept))
    return {
      status: 200,
      headers: { ...headers, 'content-type': 'application/fhir+json; charset=utf-8' },
      body: Readable.from(asBinary(content, { id: document, contentType })),
    };
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': contentType,
      // Never shown inside a page of ours, whatever it is.
      'content-disposition': 'attachment',
      'x-security-context': `DocumentReference/${document}`,
    },
    body: content,
  };
});

import { Readable } from 'node:stream';
import { streamed } from '#shared/http/streamed.ts';
import { agentAs } from './agents.ts';
import { loadManifest } from './letters-bucket.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import { givenOut } from './told-batch.ts';

/** What stands on which sheet of a batch. */
export const readManifest = streamed(routes.readManifest, async ({ params: { batch }, caller }) => {
  agentAs(['campaign', 'print-shop'], caller);
  const manifest = await loadManifest(await givenOut(batch));
  if (!manifest) throw refuse('batch-gone');
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: Readable.from([JSON.stringify(manifest)]),
  };
});

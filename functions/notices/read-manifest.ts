import { operation } from '#shared/http/operation.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { agentAs, givenOut } from './told-batch.ts';

/** What stands on which sheet of a batch. */
export const readManifest = operation(
  routes.readManifest,
  async ({ params: { batch }, caller }) => {
    agentAs(['campaign', 'print-shop'], caller);
    const { references, readyAt, sizeBytes, sha256 } = await givenOut(batch);
    const pages = references.map((reference, at) => ({ page: at + 1, reference }));
    const body = { batch, madeAt: readyAt, letters: pages.length, sizeBytes, sha256, pages };
    return { status: 200, body };
  },
);

import { operation } from '#shared/http/operation.ts';
import { agentAs } from './agents.ts';
import { loadManifest } from './letters-bucket.ts';
import { routes } from './routes.ts';
import { refuse } from './rules.ts';
import { givenOut } from './told-batch.ts';

export const readManifest = operation(
  routes.readManifest,
  async ({ params: { batch }, caller }) => {
    agentAs(['campaign', 'print-shop'], caller);
    const manifest = await loadManifest(await givenOut(batch));
    if (!manifest) throw refuse('batch-gone');
    return { status: 200, body: manifest };
  },
);

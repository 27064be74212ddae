import { operation } from '#shared/http/operation.ts';
import { agentAs } from './agents.ts';
import { loadBatch } from './letter-store.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import { asTold } from './told-batch.ts';
import { loadWithheld } from './withheld-store.ts';

export const readBatch = operation(routes.readBatch, async ({ params: { batch }, caller }) => {
  agentAs(['campaign', 'print-shop'], caller);
  const found = await loadBatch(batch);
  if (!found) throw refuse('unknown-batch');
  const withhold = await loadWithheld(batch);
  return { status: 200, body: { ...asTold(found), withhold } };
});

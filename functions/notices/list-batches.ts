import { readCursor, writeCursor } from '#shared/http/cursor.ts';
import { operation } from '#shared/http/operation.ts';
import { listBatches as list } from './batch-store.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { agentAs, asTold } from './told-batch.ts';

export const listBatches = operation(
  routes.listBatches,
  async ({ query: { cursor, limit = 20 }, caller }) => {
    agentAs(['campaign', 'print-shop'], caller);
    const { batches, next } = await list({ after: readCursor(cursor), limit });
    return { status: 200, body: { batches: batches.map(asTold), ...writeCursor(next) } };
  },
);

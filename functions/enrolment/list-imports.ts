import { readCursor, writeCursor } from '#shared/http/cursor.ts';
import { operation } from '#shared/http/operation.ts';
import { agentAs, whoSeesAll } from './agents.ts';
import { listImports as list } from './import-store.ts';
import { campaignRoutes as routes } from './routes-campaign.ts';

export const listImports = operation(
  routes.listImports,
  async ({ query: { cursor, limit = 20 }, caller }) => {
    agentAs(whoSeesAll, caller);
    const { imports, next } = await list({ after: readCursor(cursor), limit });
    return { status: 200, body: { imports, ...writeCursor(next) } };
  },
);

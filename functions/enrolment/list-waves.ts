import { readCursor, writeCursor } from '#shared/http/cursor.ts';
import { operation } from '#shared/http/operation.ts';
import { agentAs, whoSeesAll } from './agents.ts';
import { campaignRoutes as routes } from './routes-campaign.ts';
import { asTold, listWaves as list } from './wave-store.ts';

export const listWaves = operation(routes.listWaves, async ({ query, caller }) => {
  agentAs(whoSeesAll, caller);
  const { cursor, limit = 50 } = query;
  const { waves, next } = await list({ after: readCursor(cursor), limit });
  return { status: 200, body: { waves: waves.map(asTold), ...writeCursor(next) } };
});

import { operation } from '#shared/http/operation.ts';
import { agentAs, whoSeesAll } from './agents.ts';
import { asTold, loadImport } from './import-store.ts';
import { campaignRoutes as routes } from './routes-campaign.ts';
import { refuse } from './rules.ts';

export const readImport = operation(routes.readImport, async ({ params, caller }) => {
  agentAs(whoSeesAll, caller);
  const found = await loadImport(params.import);
  if (!found) throw refuse('unknown-import');
  return { status: 200, body: asTold(found) };
});

import { operation } from '#shared/http/operation.ts';
import { agentAs, whoSeesAll } from './agents.ts';
import { campaignRoutes as routes } from './routes-campaign.ts';
import { refuse } from './rules.ts';
import { unsentParts } from './wave-parts.ts';
import { asTold, loadProgress, loadWave } from './wave-store.ts';

export const readWave = operation(routes.readWave, async ({ params, caller, now }) => {
  agentAs(whoSeesAll, caller);
  const { wave } = params;
  const found = await loadWave(wave);
  if (!found) throw refuse('unknown-wave');
  const { all, unsent, inHand } = await unsentParts(found, now);
  const parts = { all: all.length, done: all.length - unsent.length, inHand: inHand.size };
  return { status: 200, body: { ...asTold(found), progress: await loadProgress(wave), parts } };
});

import { operation } from '#shared/http/operation.ts';
import { agentAs } from './agents.ts';
import { order } from './order-wave.ts';
import { campaignRoutes as routes } from './routes-campaign.ts';
import { asTold } from './wave-store.ts';

export const pauseWave = operation(
  routes.pauseWave,
  async ({ params: { wave }, caller, now, requestId }) => {
    const agent = agentAs(['campaign'], caller);
    const next = await order('pause', { wave, agent, id: requestId, now });
    return { status: 200, body: asTold(next) };
  },
);

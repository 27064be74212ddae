import { operation } from '#shared/http/operation.ts';
import { agentAs } from './agents.ts';
import { order } from './order-wave.ts';
import { campaignRoutes as routes } from './routes-campaign.ts';
import { handOut } from './sending-queue.ts';
import { unsentParts } from './wave-parts.ts';
import { asTold } from './wave-store.ts';

/**
 * The state first, then the messages: what dies in between is caught up by the clock's next look, and a
 * part that comes twice is taken by one worker.
 */
export const startWave = operation(
  routes.startWave,
  async ({ params: { wave }, caller, now, requestId }) => {
    const agent = agentAs(['campaign'], caller);
    const next = await order('start', { wave, agent, id: requestId, now });
    if (next.state === 'sending') await handOut((await unsentParts(next, now)).free);
    return { status: 200, body: asTold(next) };
  },
);

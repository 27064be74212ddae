import { operation } from '#shared/http/operation.ts';
import { agentAs } from './agents.ts';
import { change } from './order-wave.ts';
import { campaignRoutes as routes } from './routes-campaign.ts';
import { isEnded } from './rules/order-wave.ts';
import { refuse } from './rules.ts';
import { asTold } from './wave-store.ts';

export const paceWave = operation(
  routes.paceWave,
  async ({ params: { wave }, body, caller, now, requestId }) => {
    const agent = agentAs(['campaign'], caller);
    const { mailsPerSecond: wished } = body;
    const next = await change(wave, { agent, id: requestId, now }, (stands) => {
      if (isEnded(stands.state)) throw refuse('wave-ended');
      const { mailsPerSecond: stood = null, ...rest } = stands;
      if (stood === wished) return undefined;
      return {
        next: { ...rest, ...(wished === null ? {} : { mailsPerSecond: wished }) },
        action: 'enrolment/pace-wave',
        said: wished === null ? 'unlimited' : String(wished),
      };
    });
    return { status: 200, body: asTold(next) };
  },
);

import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { genesis } from '#shared/journal/line.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { agentAs } from './agents.ts';
import { append } from './lines.ts';
import { campaignRoutes as routes } from './routes-campaign.ts';
import { isSamePlan, mayPlan } from './rules/plan-wave.ts';
import { refuse } from './rules.ts';
import {
  allWaves,
  asTold,
  loadWave,
  planCount,
  plansTaken,
  type StoredWave,
  waveWrite,
} from './wave-store.ts';

export const planWave = operation(
  routes.planWave,
  async ({ body: plan, params: { wave }, caller, now, requestId }) => {
    const agent = agentAs(['campaign'], caller);
    const planned = await untilUnrivalled(async () => {
      // Before the others are read: whoever plans meanwhile is met at the writing.
      const taken = await plansTaken();
      const stands = await loadWave(wave);
      if (stands && isSamePlan(plan, stands)) return stands;
      const others = (await allWaves()).filter((other) => other.wave !== wave);
      const may = mayPlan(plan, stands, { today: parisDay(now), others });
      if (may !== 'yes') throw refuse(may);
      // Pause and pace are orders of their own, and hold for the new plan as well.
      const before: StoredWave = {
        ...(stands ?? {
          state: 'planned',
          version: 0,
          headSeq: genesis.seq,
          headHash: genesis.hash,
        }),
        ...{ wave, ...plan, plannedAt: new Date(now).toISOString() },
      };
      const { next, line } = append(before, `wave:${wave}`, {
        id: requestId,
        at: now,
        actor: actorOf(agent),
        channel: 'api',
        action: 'enrolment/plan-wave',
        object: { kind: 'wave', id: wave, wave, to: plan.sendOn },
        visible: 'operator',
      });
      await transact([waveWrite(next, stands?.version), planCount(taken), journalWrite(line)]);
      return next;
    });
    return { status: 200, body: asTold(planned) };
  },
);

import { env, json } from '#shared/env.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { newId } from '#shared/random.ts';
import { actOnNamed } from './act-on-named.ts';
import { agentAs } from './agents.ts';
import { deathWrites } from './record-death.ts';
import { stopRoutes as routes } from './routes-stops.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { judgeDeath } from './rules/judge-death.ts';
import type { DeathRecorded } from './schema-stops.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/** Records a death on a paper that an agent saw (ENR-46). The same death again gets the same answer. */
export const declareDeath = operation(
  routes.declareDeath,
  async ({ body, caller, receivedAt, now }) => {
    const agent = agentAs(['civil-status'], caller);
    const { diedOn, birthDate, proof } = body;
    const reference = newId();
    const answer: DeathRecorded = { status: 'deceased', diedOn };
    const naming = { body, agent, action: 'enrolment/record-death', receivedAt, now };
    await actOnNamed(naming, (status) => {
      const judged = judgeDeath(status, { diedOn, birthDate, receivedAt });
      if (judged.is === 'repeat') return { is: 'repeat', answer };
      if (judged.is === 'told') return judged;
      const death = { diedOn, proof, reference, recordedAt: receivedAt };
      const by = { actor: actorOf(agent), channel: 'api' } as const;
      return { is: 'change', writes: deathWrites(judged, { death, by, delays }), answer };
    });
    return { status: 200, body: answer };
  },
);

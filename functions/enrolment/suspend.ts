import * as z from 'zod';
import { env } from '#shared/env.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { actOnNamed } from './act-on-named.ts';
import { agentAs } from './agents.ts';
import { append, record } from './lines.ts';
import { statusWrite } from './person-store.ts';
import { stopRoutes as routes } from './routes-stops.ts';
import { suspended } from './rules/suspended.ts';
import { toldSuspension } from './told-suspension.ts';

const { SUSPENSION_DAYS: termDays } = env({
  SUSPENSION_DAYS: z.coerce.number().int().min(1).max(366),
});

/**
 * Suspends an activated record at once (ENR-45): from the next request on nobody gets in. Its holder is told by what
 * follows the line. Of a record that is suspended already the same answer is given.
 */
export const suspend = operation(routes.suspend, async ({ body, caller, receivedAt, now }) => {
  const agent = agentAs(['supervisor'], caller);
  const reference = newId();
  const naming = { body, agent, action: 'enrolment/suspend', receivedAt, now };
  const answer = await actOnNamed(naming, (status) => {
    if (status.status === 'suspended') return { is: 'repeat', answer: toldSuspension(status) };
    if (status.status === 'deceased') return { is: 'told', reason: 'deceased' };
    if (status.status !== 'activated') return { is: 'told', reason: 'not-suspendable' };
    const to = suspended(status, { motive: body.motive, reference, at: receivedAt, termDays });
    const { next, line } = append(to, status.holder, {
      ...{ id: reference, at: receivedAt, actor: actorOf(agent), channel: 'api' },
      action: 'enrolment/suspend',
      object: record(status, { from: 'activated', to: 'suspended' }),
      reason: `enrolment/${body.motive}`,
    });
    const writes = [statusWrite(next, status.version), journalWrite(line)];
    return { is: 'change', writes, answer: toldSuspension(next) };
  });
  return { status: 200, body: answer };
});

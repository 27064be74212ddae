import * as z from 'zod';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env } from '#shared/env.ts';
import { operation } from '#shared/http/operation.ts';
import type { Actor } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import { newId } from '#shared/random.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { type AgentHour, agentCount, agentCountWrite } from './agent-count-store.ts';
import { actorOf, agentAs } from './agents.ts';
import { append, record } from './lines.ts';
import { findNamed } from './named.ts';
import { statusWrite } from './person-store.ts';
import { routes } from './routes.ts';
import { lifted, missingSights, withdrawn } from './rules/judge-guardianship.ts';
import { refuse } from './rules.ts';
import type { GuardianshipRequest } from './schema-guardianship.ts';
import { agentTag } from './tags.ts';

const { AGENT_OBJECTIONS_PER_HOUR: limit } = env({
  AGENT_OBJECTIONS_PER_HOUR: z.coerce.number().int().positive(),
});

interface Ordering {
  readonly body: GuardianshipRequest;
  readonly actor: Actor;
  readonly at: AgentHour;
  readonly id: string;
  readonly receivedAt: number;
  readonly now: number;
}

export const orderGuardianship = operation(
  routes.orderGuardianship,
  async ({ body, caller, receivedAt, now }) => {
    const agent = agentAs(['adviser-3422', 'desk'], caller);
    const missing = missingSights(body, parisDay(receivedAt));
    if (missing.length > 0)
      throw refuse('checks-missing', {
        missing: missing.map((group) => group.join(' / ')).join(', '),
      });
    const key = await secretOrNobodys('lookup');
    const hour = new Date(receivedAt).toISOString().slice(0, 13);
    const at = { agent: agentTag(key, agent.subject), hour };
    await carryOut({ body, actor: actorOf(agent), at, id: newId(), receivedAt, now });
    return { status: 200, body: { status: 'done' } };
  },
);

/**
 * Changes who may act for a child, on papers that an agent has seen (ENR-23, MIN-2). Counts on his hour as an
 * objection does, and stands with his name in the child's journal. What is so already is answered alike.
 */
async function carryOut(ordering: Ordering): Promise<void> {
  const { body, actor, at, id, receivedAt, now } = ordering;
  const counted = agentCountWrite(at, { limit, now });
  await untilUnrivalled(async () => {
    const [asked, found] = await Promise.all([agentCount(at), findNamed(body)]);
    if (asked >= limit) throw refuse('agent-limit');
    if (!found?.birthFits || !found.status.child) {
      await transact([counted]);
      throw refuse('unknown-person');
    }
    const { status } = found;
    const to = body.order === 'lift-block' ? lifted(status) : withdrawn(status, await named(body));
    if (!to) return transact([counted]);
    const { next, line } = append(to, status.holder, {
      ...{ id, at: receivedAt, actor, channel: body.channel },
      action: body.order === 'lift-block' ? 'enrolment/lift-block' : 'enrolment/withdraw-guardian',
      object: record(status, {}),
      onBehalfOf: status.holder,
    });
    await transact([statusWrite(next, status.version), journalWrite(line), counted]);
  });
}

/** The holder whose authority was taken; `enrolment/unknown-person` for nobody we know. */
async function named({ guardianNir }: Extract<GuardianshipRequest, { order: 'withdraw' }>) {
  const read = parseNir(guardianNir);
  const tag = nirTag(await secretOrNobodys('lookup'), read.ok ? read.nir : '');
  const found = await findByNir(tag);
  if (!found) throw refuse('unknown-person');
  return found.holder;
}

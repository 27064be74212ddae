import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import { newId } from '#shared/random.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { loadStanding, namesOf } from '#shared/record/standing.ts';
import { nirTag } from '#shared/record/tags.ts';
import { actOnNamed } from './act-on-named.ts';
import { actorOf, agentReached } from './agents.ts';
import { append, record } from './lines.ts';
import { statusWrite } from './person-store.ts';
import { agentRoutes as routes } from './routes-agents.ts';
import { lifted, missingSights, withdrawn } from './rules/judge-guardianship.ts';
import { refuse } from './rules.ts';
import type { GuardianshipRequest } from './schema-guardianship.ts';
import type { Status } from './stored.ts';

/**
 * Changes who may act for a child, on papers that an agent has seen (ENR-23, MIN-2). Counts on his hour as an
 * objection does, and stands with his name in the child's journal. What is so already is answered alike.
 */
export const orderGuardianship = operation(
  routes.orderGuardianship,
  async ({ body, caller, receivedAt, now }) => {
    const agent = agentReached(body.channel, caller, ['adviser-3422']);
    const missing = missingSights(body, parisDay(receivedAt));
    if (missing.length > 0)
      throw refuse('checks-missing', {
        missing: missing.map((group) => group.join(' / ')).join(', '),
      });
    const action =
      body.order === 'lift-block' ? 'enrolment/lift-block' : 'enrolment/withdraw-guardian';
    const id = newId();
    const answer = { status: 'done' } as const;
    await actOnNamed({ body, agent, action, receivedAt, now }, async (status) => {
      const guardian = body.order === 'withdraw' ? await named(body) : [];
      if (!status.child || guardian === undefined) return { is: 'told', reason: 'unknown-person' };
      const to = body.order === 'withdraw' ? allWithdrawn(status, guardian) : lifted(status);
      if (!to) return { is: 'repeat', answer };
      const { next, line } = append(to, status.holder, {
        ...{ id, at: receivedAt, actor: actorOf(agent), channel: body.channel, action },
        object: record(status, {}),
        onBehalfOf: status.holder,
      });
      const writes = [statusWrite(next, status.version), journalWrite(line)];
      return { is: 'change', writes, answer };
    });
    return { status: 200, body: answer };
  },
);

/** Who has several numbers is out by all of them. */
function allWithdrawn(status: Status, names: readonly string[]): Status | undefined {
  let to: Status | undefined;
  for (const name of names) to = withdrawn(to ?? status, name) ?? to;
  return to;
}

/** By which names we know him whose authority was taken; undefined for nobody we know. */
async function named({ guardianNir }: Extract<GuardianshipRequest, { order: 'withdraw' }>) {
  const read = parseNir(guardianNir);
  const tag = nirTag(await secretOrNobodys('lookup'), read.ok ? read.nir : '');
  const holder = (await findByNir(tag))?.holder;
  if (holder === undefined) return undefined;
  const standing = await loadStanding(holder);
  return standing ? namesOf(standing) : [holder];
}

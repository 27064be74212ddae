import * as z from 'zod';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { loadLine } from '#shared/journal/load.ts';
import type { Actor } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { newId } from '#shared/random.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { type AgentHour, agentCount, agentCountWrite } from './agent-count-store.ts';
import { agentHourOf, untilNextHour } from './agent-hour.ts';
import { agentReached } from './agents.ts';
import { append, record } from './lines.ts';
import { findNamed } from './named.ts';
import { opposedFrom } from './opposed.ts';
import { statusWrite } from './person-store.ts';
import { proofOf } from './proof-of.ts';
import { agentRoutes as routes } from './routes-agents.ts';
import { deadlineTold } from './rules/deadline-runs.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { judgeBrought } from './rules/judge-brought-objection.ts';
import { missingChecks } from './rules/missing-checks.ts';
import { refuse } from './rules.ts';
import type { AgentOppositionRequest } from './schema.ts';
import type { Opposed } from './schema-opposed.ts';
import type { DecidedBy, Status } from './stored.ts';
import { cardTag } from './tags.ts';
import { keptBack } from './withheld-store.ts';

const { AGENT_OBJECTIONS_PER_HOUR: limit, DELETION_DELAYS: delays } = env({
  AGENT_OBJECTIONS_PER_HOUR: z.coerce.number().int().positive(),
  DELETION_DELAYS: json(DeletionDelays),
});

interface Bringing {
  readonly body: AgentOppositionRequest;
  readonly actor: Actor;
  readonly at: AgentHour;
  /** Id of the line that would take the objection: given to the person as its reference. */
  readonly reference: string;
  readonly receivedAt: number;
  readonly now: number;
}

export const opposeByAgent = operation(
  routes.opposeByAgent,
  async ({ body, caller, receivedAt, now }) => {
    const agent = agentReached(body.channel, caller);
    const missing = missingChecks(body, parisDay(receivedAt));
    if (missing.length > 0) throw refuse('checks-missing', { missing: missing.join(', ') });
    const at = await agentHourOf(agent.subject, receivedAt);
    const bringing = { body, actor: actorOf(agent), at, reference: newId(), receivedAt, now };
    return { status: 201, body: await bring(bringing) };
  },
);

/**
 * Takes an objection that a person made without a code, through an agent (ENR-40): decides by when it was
 * made. Whatever comes of it counts for the agent's hour, and stands with his name in the journal of whom
 * he named.
 */
async function bring(bringing: Bringing): Promise<Opposed> {
  const { at, reference, now } = bringing;
  const counted = agentCountWrite(at, { limit, now });
  return untilUnrivalled(async () => {
    const [asked, found] = await Promise.all([agentCount(at), find(bringing)]);
    const key = await secretOrNobodys('lookup');
    const { status } = found ?? {};
    // Our own write, whose answer was lost on the way.
    if (status?.status === 'opposed' && status.decidedBy.reference === reference)
      return proofOf(status.decidedBy, key);
    if (asked >= limit)
      throw refuse('agent-limit', { retryAfterSeconds: untilNextHour(bringing.receivedAt) });
    if (!found) {
      await transact([counted]);
      throw refuse('unknown-person');
    }
    if (found.unclear) {
      await note(bringing, found.status, 'which-child');
      throw refuse('which-child', found.unclear);
    }
    const judgement = judgeBrought(found);
    switch (judgement.is) {
      case 'object':
        return proofOf(await take(bringing, found.status, judgement.madeAt), key);
      case 'repeat':
        await transact([counted]);
        return proofOf(judgement.decidedBy, key);
      case 'unknown':
        await note(bringing, found.status, 'birth-mismatch');
        throw refuse('unknown-person');
      case 'told':
        await note(bringing, found.status, judgement.reason);
        throw refuse(judgement.reason, deadlineTold(found.status));
    }
  });
}

/** Whom the agent names, freshly read, with what the rules ask of him. */
async function find({ body, receivedAt }: Bringing) {
  const [key, found] = [await secretOrNobodys('lookup'), await findNamed(body, receivedAt)];
  if (!found) return undefined;
  const { status, birthFits, unclear } = found;
  const { holder } = status;
  // The first line of a journal is the import.
  const first = await loadLine({ holder, lane: 0, seq: 1 });
  const { cardSerial, madeOn } = body;
  return {
    ...{ status, birthFits, unclear },
    cardFits:
      cardSerial === undefined || sameFingerprint(cardTag(key, holder, cardSerial), status.cardTag),
    ...{ madeOn, receivedAt, importedAt: Date.parse(first.at) },
  };
}

const lineOf = ({ body, actor, receivedAt }: Bringing) => ({
  at: receivedAt,
  actor,
  channel: body.channel,
  action: 'enrolment/oppose',
});

async function take(bringing: Bringing, status: Status, madeAt: string): Promise<DecidedBy> {
  const { body, at, reference, now } = bringing;
  const decidedBy: DecidedBy = {
    ...{ reference, receivedAt: new Date(bringing.receivedAt).toISOString(), madeAt },
    ...{ channel: body.channel, checks: body.checks },
    ...(body.reference === undefined ? {} : { evidence: body.reference }),
    ...(status.child && isMinor(status.child, bringing.receivedAt) ? { child: true as const } : {}),
  };
  const { next, line } = append(opposedFrom(status, decidedBy, delays), status.holder, {
    ...{ ...lineOf(bringing), id: reference },
    object: record(status, { from: status.status, to: 'opposed' }),
  });
  await transact([
    statusWrite(next, status.version),
    ...keptBack(status, next),
    journalWrite(line),
    agentCountWrite(at, { limit, now }),
  ]);
  return decidedBy;
}

/** Leaves in the person's journal who tried, and why it was refused. */
async function note(bringing: Bringing, status: Status, reason: string): Promise<void> {
  const { next, line } = append(status, status.holder, {
    ...{ ...lineOf(bringing), id: newId() },
    ...{ object: record(status, {}), outcome: 'refused', reason: `enrolment/${reason}` },
  });
  await transact([
    statusWrite(next, status.version),
    journalWrite(line),
    agentCountWrite(bringing.at, { limit, now: bringing.now }),
  ]);
}

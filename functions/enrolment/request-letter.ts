import * as z from 'zod';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import type { Actor } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { newId } from '#shared/random.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { type AgentHour, agentCount, agentCountWrite } from './agent-count-store.ts';
import { agentHourOf, untilNextHour } from './agent-hour.ts';
import { agentReached } from './agents.ts';
import { append, record } from './lines.ts';
import { findNamed } from './named.ts';
import { codeWrite, loadCode, statusWrite } from './person-store.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { mayRequestCode, wishOf } from './rules/may-request-code.ts';
import { missingChecks } from './rules/missing-checks.ts';
import { refuse } from './rules.ts';
import type { LetterRequest } from './schema-letters.ts';
import { cardTag } from './tags.ts';

const { AGENT_OBJECTIONS_PER_HOUR: limit, CODE_LIMITS } = env({
  AGENT_OBJECTIONS_PER_HOUR: z.coerce.number().int().positive(),
  CODE_LIMITS: json(z.object({ resendSeconds: z.int() })),
});

interface Asking {
  readonly body: LetterRequest;
  readonly actor: Actor;
  readonly at: AgentHour;
  readonly id: string;
  readonly receivedAt: number;
  readonly now: number;
}

export const requestLetter = operation(
  routes.requestLetter,
  async ({ body, caller, receivedAt, now }) => {
    const agent = agentReached(body.channel, caller);
    const missing = missingChecks(body, parisDay(receivedAt));
    if (missing.length > 0) throw refuse('checks-missing', { missing: missing.join(', ') });
    const at = await agentHourOf(agent.subject, receivedAt);
    await ask({ body, actor: actorOf(agent), at, id: newId(), receivedAt, now });
    return { status: 202, body: { status: 'accepted' } };
  },
);

/**
 * Notes that a person asked an agent for a letter with a new code (ENR-12). Counts on the agent's hour as an
 * objection does, and stands with his name in the journal of whom he named, granted or not.
 */
async function ask(asking: Asking): Promise<void> {
  const { at, actor, body, id, receivedAt, now } = asking;
  const counted = agentCountWrite(at, { limit, now });
  await untilUnrivalled(async () => {
    const [asked, found] = await Promise.all([agentCount(at), find(body, receivedAt)]);
    // Our own write, whose answer was lost on the way.
    if (found?.code?.letterFor !== undefined && found.code.requestId === id) return;
    if (asked >= limit)
      throw refuse('agent-limit', { retryAfterSeconds: untilNextHour(receivedAt) });
    if (!found) {
      await transact([counted]);
      throw refuse('unknown-person');
    }
    const { status, code, cardFits, birthFits, unclear } = found;
    const isUnclear = unclear !== undefined;
    const may = mayRequestCode(
      {
        ...{ status, code, claimFits: true, cardFits, birthFits, isUnclear, asked: 0, receivedAt },
        by: 'letter',
      },
      { softPerHour: 1, resendSeconds: CODE_LIMITS.resendSeconds },
    );
    const { next, line } = append(status, status.holder, {
      ...{ id, at: receivedAt, actor, channel: body.channel },
      ...{ action: 'enrolment/request-letter', object: record(status, {}) },
      ...(may === 'yes' ? {} : { outcome: 'refused' as const, reason: `enrolment/${may}` }),
    });
    const wish = wishOf({ status, code, by: 'letter', seq: line.seq, receivedAt });
    await transact([
      statusWrite(next, status.version),
      journalWrite(line),
      counted,
      ...(may === 'yes' ? [codeWrite({ ...wish, requestId: id }, code?.revision)] : []),
    ]);
    if (may === 'yes') return;
    if (may === 'birth-mismatch') throw refuse('unknown-person');
    if (may === 'no-address' || may === 'not-informed')
      throw new Error(`a wish by letter is never ${may}`);
    if (may === 'too-many-wishes' || may === 'guardian-mismatch' || may === 'guardian-decides')
      throw new Error(`a wish by letter is never ${may}`);
    throw refuse(may, may === 'which-child' ? unclear : {});
  });
}

/** Whom the agent names, freshly read, with what the rules ask of him. */
async function find({ cardSerial, ...named }: LetterRequest, at: number) {
  const key = await secretOrNobodys('lookup');
  const found = await findNamed(named, at);
  if (!found) return undefined;
  const { status, birthFits, unclear } = found;
  const { holder } = status;
  // Whoever sent a code since has moved the status, too: the write over it fails.
  const code = await loadCode(holder);
  return {
    ...{ status, code, birthFits, unclear },
    cardFits:
      cardSerial === undefined || sameFingerprint(cardTag(key, holder, cardSerial), status.cardTag),
  };
}

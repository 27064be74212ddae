import * as z from 'zod';
import { env } from '#shared/env.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { newId } from '#shared/random.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { actOnNamed } from './act-on-named.ts';
import { agentReached } from './agents.ts';
import { closure } from './closure.ts';
import { append, record } from './lines.ts';
import { statusWrite } from './person-store.ts';
import { agentClosureRoutes as routes } from './routes-agent-closure.ts';
import { closedAfterTerm } from './rules/deletion-delays.ts';
import { type Closable, judgeAsking } from './rules/judge-agent-closure.ts';
import { missingClosureChecks } from './rules/missing-closure-checks.ts';
import { whenMade } from './rules/when-made.ts';
import { refuse } from './rules.ts';
import type { AgentClosing } from './stored-agent-closing.ts';
import { agentTag } from './tags.ts';
import { toldAsked } from './told-asked.ts';

const { AGENT_CLOSURE_DAYS: days } = env({
  AGENT_CLOSURE_DAYS: z.coerce.number().int().min(1).max(366),
});

/**
 * Takes down that somebody without a way of his own wants his record closed, or deleted (ENR-42, ENR-43): it waits for
 * another agent's call-back, and the person is told; at a desk, with his identity paper, a closure is done at once.
 * The same agent who takes the same down again gets the same answer.
 */
export const closeByAgent = operation(
  routes.closeByAgent,
  async ({ body, caller, receivedAt, now }) => {
    const agent = agentReached(body.channel, caller);
    const missing = missingClosureChecks('asking', body, parisDay(receivedAt));
    if (missing.length > 0) throw refuse('checks-missing', { missing: missing.join(', ') });
    const { channel, deletion, motive, checks, reference: evidence } = body;
    const by = agentTag(await secretOrNobodys('lookup'), agent.subject);
    const at = new Date(receivedAt).toISOString();
    const reference = newId();
    const naming = { body, agent, action: 'enrolment/ask-closure', receivedAt, now };
    const answer = await actOnNamed(naming, (status) => {
      const { department, child } = status;
      // From whichever day on he is known to us: what he wants today counts.
      const made = whenMade({ madeOn: body.madeOn, department, importedAt: 0, receivedAt });
      if (made.is !== 'made') return { is: 'told', reason: made.is };
      const asking = { deletion, channel, agent: by, at };
      const isChild = child !== undefined && isMinor(child, receivedAt);
      const judged = judgeAsking(status, { ...asking, isMinor: isChild });
      if (judged.is === 'told') return judged;
      if (judged.is === 'repeat') return { is: 'repeat', answer: toldAsked(status) };
      const asked: AgentClosing = {
        ...{ reference, by, channel, checks, deletion },
        ...{ madeAt: new Date(made.at).toISOString(), until: closedAfterTerm(receivedAt, days) },
        state: judged.now ? 'done' : 'waiting',
        ...(evidence === undefined ? {} : { evidence }),
        ...(motive === undefined ? {} : { motive }),
      };
      const from = { ...judged.status, agentClosing: asked };
      const act = { actor: actorOf(agent), channel };
      if (judged.now) {
        const { last, lines } = closure(from, judged.commands, { act, at: receivedAt, motive });
        const writes = [statusWrite(last, status.version), ...lines.map(journalWrite)];
        return { is: 'change', writes, answer: toldAsked(last) };
      }
      const { next, line } = append<Closable>(from, status.holder, {
        ...{ id: reference, at: receivedAt, ...act, action: 'enrolment/ask-closure' },
        object: record(status, {}),
      });
      const writes = [statusWrite(next, status.version), journalWrite(line)];
      return { is: 'change', writes, answer: toldAsked(next) };
    });
    return { status: answer.status === 'waiting' ? 202 : 200, body: answer };
  },
);

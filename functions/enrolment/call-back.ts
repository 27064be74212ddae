import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { newId } from '#shared/random.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { actOnNamed } from './act-on-named.ts';
import { agentReached } from './agents.ts';
import { callStopped } from './call-stopped.ts';
import { closure } from './closure.ts';
import { statusWrite } from './person-store.ts';
import { agentClosureRoutes as routes } from './routes-agent-closure.ts';
import { askedOf, judgeCallBack } from './rules/judge-agent-closure.ts';
import { missingClosureChecks } from './rules/missing-closure-checks.ts';
import { refuse } from './rules.ts';
import { agentTag } from './tags.ts';
import { toldAsked } from './told-asked.ts';

/**
 * Says what somebody answered who was called back (ENR-42, ENR-43): another agent than the first confirms within the
 * term, and the record is closed as its holder would close it; or it is off, which any agent may say.
 */
export const callBack = operation(routes.callBack, async ({ body, caller, receivedAt, now }) => {
  const agent = agentReached(body.channel, caller);
  const missing = missingClosureChecks('calling', body, parisDay(receivedAt));
  // That nothing changes asks for no proof of who says so.
  if (body.agrees && missing.length > 0)
    throw refuse('checks-missing', { missing: missing.join(', ') });
  const { wish, deletion, agrees, channel, checks } = body;
  const by = agentTag(await secretOrNobodys('lookup'), agent.subject);
  const at = new Date(receivedAt).toISOString();
  const action = agrees ? 'enrolment/close' : 'enrolment/withdraw-closure';
  const answer = await actOnNamed({ body, agent, action, receivedAt, now }, (status) => {
    const isChild = status.child !== undefined && isMinor(status.child, receivedAt);
    const calling = { wish, deletion, agrees, agent: by, at };
    const judged = judgeCallBack(status, { ...calling, isMinor: isChild });
    if (judged.is === 'told') return judged;
    if (judged.is === 'repeat') return { is: 'repeat', answer: toldAsked(status) };
    const act = { actor: actorOf(agent), channel };
    if (judged.is === 'stop') {
      const { next, line } = callStopped(status, { id: newId(), at: receivedAt, ...act });
      const writes = [statusWrite(next, status.version), journalWrite(line)];
      return { is: 'change', writes, answer: toldAsked(next) };
    }
    const asked = askedOf(status);
    if (!asked) throw new Error('a call-back about nothing');
    const confirmed = { by, channel, checks, at };
    const from = {
      ...judged.closing.status,
      agentClosing: { ...asked, state: 'done' as const, confirmed },
    };
    const how = { act, at: receivedAt, motive: asked.motive };
    const { last, lines } = closure(from, judged.closing.commands, how);
    const writes = [statusWrite(last, status.version), ...lines.map(journalWrite)];
    return { is: 'change', writes, answer: toldAsked(last) };
  });
  return { status: 200, body: answer };
});

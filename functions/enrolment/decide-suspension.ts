import { env, json } from '#shared/env.ts';
import type { SignedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { actOnNamed, type Verdict } from './act-on-named.ts';
import { agentAs } from './agents.ts';
import { append, record } from './lines.ts';
import { statusWrite } from './person-store.ts';
import { stopRoutes as routes } from './routes-stops.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { closedAfter, resumed } from './rules/suspended.ts';
import type { SuspensionDecided, SuspensionDecision } from './schema-stops.ts';
import type { Activated, Closed, Status } from './stored.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/** Ends a suspension (ENR-45): resumed as it was, or closed. The same decision again gets the same answer. */
export const decideSuspension = operation(
  routes.decideSuspension,
  async ({ body, caller, receivedAt, now }) => {
    const agent = agentAs(['supervisor'], caller);
    const { decision } = body;
    const action = decision === 'resume' ? 'enrolment/resume' : 'enrolment/close-suspended';
    const deciding: Deciding = { decision, action, agent, id: newId(), at: receivedAt };
    const naming = { body, agent, action, receivedAt, now };
    return { status: 200, body: await actOnNamed(naming, (status) => decide(status, deciding)) };
  },
);

interface Deciding extends Pick<SuspensionDecision, 'decision'> {
  readonly action: 'enrolment/resume' | 'enrolment/close-suspended';
  readonly agent: SignedIn;
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
}

function decide(status: Status, deciding: Deciding): Verdict<SuspensionDecided> {
  const { decision, action, agent, id, at } = deciding;
  if (status.status === 'deceased') return { is: 'told', reason: 'deceased' };
  if (status.status !== 'suspended') {
    const before = decidedBefore(status, decision);
    return before ? { is: 'repeat', answer: before } : { is: 'told', reason: 'not-suspended' };
  }
  const to =
    decision === 'resume'
      ? resumed(status, at)
      : closedAfter(status, { by: 'decision', at, delays });
  const { next, line } = append<Activated | Closed>(to, status.holder, {
    ...{ id, at, actor: actorOf(agent), channel: 'api', action },
    object: record(status, { from: 'suspended', to: to.status }),
  });
  return {
    is: 'change',
    writes: [statusWrite(next, status.version), journalWrite(line)],
    answer: { status: to.status, decidedAt: new Date(at).toISOString() },
  };
}

/** What was decided of the last suspension, if that is what is asked for again. */
function decidedBefore(
  status: Status,
  decision: SuspensionDecision['decision'],
): SuspensionDecided | undefined {
  if (decision === 'resume' && status.status === 'activated' && status.resumedAt !== undefined)
    return { status: 'activated', decidedAt: status.resumedAt };
  if (decision === 'close' && status.status === 'closed' && status.closedAfter !== undefined)
    return { status: 'closed', decidedAt: status.closedAt };
  return undefined;
}

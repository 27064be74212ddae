import { env, json } from '#shared/env.ts';
import type { SignedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { actOnFound, actOnNamed, type Verdict } from './act-on-named.ts';
import { agentAs } from './agents.ts';
import { contestWrites, loadContest } from './contest-store.ts';
import { append, record } from './lines.ts';
import { followStatus, statusWrite } from './person-store.ts';
import { stopRoutes as routes } from './routes-stops.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { closedAfter, resumed } from './rules/suspended.ts';
import type { SuspensionDecided, SuspensionDecision } from './schema-stops.ts';
import type { Activated, Closed, Status } from './stored.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/**
 * Ends a suspension (ENR-45): resumed as it was, or closed. The same decision again gets the same answer. One to which its
 * holder objected may be named by its reference as well, since who reads the list knows nothing else of him.
 */
export const decideSuspension = operation(
  routes.decideSuspension,
  async ({ body, caller, receivedAt, now }) => {
    const agent = agentAs(['supervisor'], caller);
    const { decision } = body;
    const action = decision === 'resume' ? 'enrolment/resume' : 'enrolment/close-suspended';
    const deciding: Deciding = { decision, action, agent, id: newId(), at: receivedAt };
    const acting = { agent, action, receivedAt, now };
    const answer = await ('reference' in body
      ? actOnFound(
          { ...acting, find: () => findContested(body.reference), unknown: 'unknown-suspension' },
          (status) => decideContested(status, body.reference, deciding),
        )
      : actOnNamed({ ...acting, body }, (status) => decide(status, deciding)));
    return { status: 200, body: answer };
  },
);

interface Deciding extends Pick<SuspensionDecision, 'decision'> {
  readonly action: 'enrolment/resume' | 'enrolment/close-suspended';
  readonly agent: SignedIn;
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
}

/** Whose suspension a reference names, by whatever record is his by now. */
async function findContested(reference: string) {
  const contest = await loadContest(reference);
  const status = contest && (await followStatus(contest.holder));
  return status && { status, birthFits: true };
}

/** Decides of this suspension, and of no other one that came since. */
async function decideContested(
  status: Status,
  reference: string,
  deciding: Deciding,
): Promise<Verdict<SuspensionDecided>> {
  if (status.status === 'deceased') return { is: 'told', reason: 'deceased' };
  if (status.status === 'suspended' && status.suspension.reference === reference)
    return decide(status, deciding);
  const decided = (await loadContest(reference))?.decided;
  const isSame = decided?.status === (deciding.decision === 'resume' ? 'activated' : 'closed');
  return decided && isSame
    ? { is: 'repeat', answer: decided }
    : { is: 'told', reason: 'not-suspended' };
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
  const answer = { status: to.status, decidedAt: new Date(at).toISOString() };
  return {
    is: 'change',
    writes: [
      statusWrite(next, status.version),
      ...contestWrites([status], [next], { at, decided: answer }),
      journalWrite(line),
    ],
    answer,
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

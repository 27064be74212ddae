import * as z from 'zod';
import { type Actions, transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env } from '#shared/env.ts';
import type { SignedIn } from '#shared/http/caller.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { agentCount, agentCountWrite } from './agent-count-store.ts';
import { agentHourOf, untilNextHour } from './agent-hour.ts';
import { append, record } from './lines.ts';
import { findNamed, type NamedBy } from './named.ts';
import { statusWrite } from './person-store.ts';
import { type EnrolmentRefusal, refuse } from './rules.ts';
import type { Status } from './stored.ts';

const { AGENT_OBJECTIONS_PER_HOUR: limit } = env({
  AGENT_OBJECTIONS_PER_HOUR: z.coerce.number().int().positive(),
});

/** What an agent wants to do to somebody. */
export interface Naming {
  readonly agent: SignedIn;
  /** `enrolment/verb-noun`, also of what is refused. */
  readonly action: string;
  readonly receivedAt: number;
  readonly now: number;
}

export type Verdict<A> =
  | { readonly is: 'change'; readonly writes: Actions; readonly answer: A }
  /** Done before: the same answer again. */
  | { readonly is: 'repeat'; readonly answer: A }
  | {
      readonly is: 'told';
      readonly reason: EnrolmentRefusal;
      readonly facts?: Readonly<Record<string, string>>;
    };

/**
 * Does what an agent wants with the record of a person whom he names. Whatever comes of it counts for his hour and
 * stands with his name in that person's journal; whose NIR and birth date do not fit is `unknown-person`. `decide`
 * sees the status freshly read, and knows by it what was done before.
 */
export async function actOnNamed<A>(
  naming: Naming & { readonly body: NamedBy },
  decide: (status: Status) => Verdict<A> | Promise<Verdict<A>>,
): Promise<A> {
  const find = () => findNamed(naming.body, naming.receivedAt);
  return actOnFound({ ...naming, find, unknown: 'unknown-person' }, decide);
}

interface Finding extends Naming {
  /** Whom, read afresh; undefined where it leads to nobody. */
  readonly find: () => ReturnType<typeof findNamed>;
  /** What the agent is told then. */
  readonly unknown: EnrolmentRefusal;
}

/** The same with the record of a person who is found another way, judged, counted and noted alike. */
export async function actOnFound<A>(
  finding: Finding,
  decide: (status: Status) => Verdict<A> | Promise<Verdict<A>>,
): Promise<A> {
  const { agent, receivedAt, now, find, unknown } = finding;
  const at = await agentHourOf(agent.subject, receivedAt);
  const counted = agentCountWrite(at, { limit, now });
  return untilUnrivalled(async () => {
    const [asked, found] = await Promise.all([agentCount(at), find()]);
    if (asked >= limit) {
      const retryAfterSeconds = untilNextHour(receivedAt);
      throw refuse('agent-limit', { retryAfterSeconds });
    }
    if (!found) {
      await transact([counted]);
      throw refuse(unknown);
    }
    const { status } = found;
    if (!found.birthFits) {
      await transact([...noted(finding, status, 'birth-mismatch'), counted]);
      throw refuse(unknown);
    }
    const verdict: Verdict<A> = found.unclear
      ? { is: 'told', reason: 'which-child', facts: found.unclear }
      : await decide(status);
    switch (verdict.is) {
      case 'change':
        await transact([...verdict.writes, counted]);
        return verdict.answer;
      case 'repeat':
        await transact([counted]);
        return verdict.answer;
      case 'told':
        await transact([...noted(finding, status, verdict.reason), counted]);
        throw refuse(verdict.reason, verdict.facts);
    }
  });
}

/** Leaves in the person's journal who tried, and why it was refused. */
function noted({ agent, action, receivedAt }: Naming, status: Status, reason: string): Actions {
  const { next, line } = append(status, status.holder, {
    ...{ id: newId(), at: receivedAt, actor: actorOf(agent), channel: 'api', action },
    ...{ object: record(status, {}), outcome: 'refused', reason: `enrolment/${reason}` },
  });
  return [statusWrite(next, status.version), journalWrite(line)];
}

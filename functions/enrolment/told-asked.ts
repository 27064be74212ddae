import { askedOf } from './rules/judge-agent-closure.ts';
import { isClosed } from './rules/judge-closure.ts';
import type { AgentClosure, WaitingClosure } from './schema-agent-closure.ts';
import type { Status } from './stored.ts';
import type { AgentClosing } from './stored-agent-closing.ts';

/** What an agent is told of a wish that was taken down: it waits, is off, or how the record stands that it closed. */
export function toldAsked(status: Status): AgentClosure {
  const asked = askedOf(status);
  if (!asked) throw new Error('a wish that is not there');
  const { reference: wish, deletion, until, state } = asked;
  if (state === 'waiting') return { status: 'waiting', wish, deletion, until };
  if (state === 'stopped' || !isClosed(status)) return { status: 'stopped', wish, deletion };
  const { closedAt } = status;
  if (status.status === 'closed') return { status: 'closed', wish, deletion, closedAt };
  const { deleteFrom } = status;
  return { status: 'deletion-requested', wish, deletion, closedAt, deleteFrom };
}

/** What agents read of a wish that waits: nothing tells whose it is. `agent` is the reader's keyed fingerprint. */
export function toldWaiting(
  { reference: wish, channel, madeAt, until, deletion, evidence, by }: AgentClosing,
  { department, agent }: { readonly department: string; readonly agent: string },
): WaitingClosure {
  return {
    ...{ wish, department, channel, madeAt, until, deletion, own: by === agent },
    ...(evidence === undefined ? {} : { reference: evidence }),
  };
}

import { type Act, append, record } from './lines.ts';
import { askedOf } from './rules/judge-agent-closure.ts';
import type { Status } from './stored.ts';

type By = Omit<Act, 'action' | 'object'>;

/** A record whose holder does not want what an agent took down, with its line; as its judgement allowed. */
export const callStopped = (status: Status, by: By) =>
  ended(status, { ...by, state: 'stopped', action: 'enrolment/withdraw-closure' });

/** A record whose holder nobody reached in time, with its line. */
export const callLapsed = (status: Status, by: By) =>
  ended(status, { ...by, state: 'lapsed', action: 'enrolment/lapse-closure' });

function ended(
  status: Status,
  { state, ...act }: By & { readonly state: 'stopped' | 'lapsed'; readonly action: string },
) {
  const asked = askedOf(status);
  if (!asked || !('agentClosing' in status)) throw new Error('nothing to stop');
  const to: Status = { ...status, agentClosing: { ...asked, state } };
  return append(to, status.holder, { ...act, object: record(status, {}) });
}

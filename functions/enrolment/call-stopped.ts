import { type Act, append, record } from './lines.ts';
import { askedOf } from './rules/judge-agent-closure.ts';
import type { Status } from './stored.ts';

/** A record whose holder does not want what an agent took down, with its line; as its judgement allowed. */
export function callStopped(status: Status, act: Omit<Act, 'action' | 'object'>) {
  const asked = askedOf(status);
  if (!asked || !('agentClosing' in status)) throw new Error('nothing to stop');
  const to: Status = { ...status, agentClosing: { ...asked, state: 'stopped' } };
  return append(to, status.holder, {
    ...act,
    action: 'enrolment/withdraw-closure',
    object: record(status, {}),
  });
}

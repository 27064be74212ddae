import { type Caller, type SignedIn, signedIn } from '#shared/http/caller.ts';
import { refuse } from './rules.ts';

/**
 * What an agent may be: who runs the campaign, who answers the phone, who sits at a desk, who prints and posts, who
 * keeps births and deaths, who may stop a record at once.
 */
export type AgentRole =
  | 'campaign'
  | 'adviser-3422'
  | 'desk'
  | 'print-shop'
  | 'civil-status'
  | 'supervisor';

/** The agent who calls, if he has one of these roles; `enrolment/role-required` otherwise. */
export function agentAs(roles: readonly AgentRole[], caller: Caller): SignedIn {
  const agent = signedIn(caller);
  if (!roles.some((role) => role === agent.role)) throw refuse('role-required');
  return agent;
}

const atHome = ['adviser-3422', 'campaign'] as const;

/**
 * The agent whom somebody reached by a way, or who reached him: that he stood at a desk only an agent of a desk can say.
 * `roles`: who else does this by phone or post. Throws `enrolment/role-required`.
 */
export const agentReached = (
  channel: 'phone' | 'post' | 'desk',
  caller: Caller,
  roles: readonly AgentRole[] = atHome,
): SignedIn => agentAs(channel === 'desk' ? ['desk'] : [...roles, 'desk'], caller);

/** Who reads which wishes wait for a call-back: who calls, or sits at a desk, and who answers for them. */
export const whoCallsBack = ['adviser-3422', 'desk', 'supervisor'] as const;

/** Who reads exact numbers and how far work is: who runs the campaign, and who answers for it. */
export const whoSeesAll = ['campaign', 'supervisor'] as const;

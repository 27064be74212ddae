import { conditionsNow } from './conditions.ts';
import type { Decision } from './decide.ts';
import { refuse } from './refusals.ts';

type Granted = Extract<Decision, { is: 'granted' }>;

/** What a decision grants; throws the refusal that it is. `at` in ms, where it may be that conditions changed. */
export function granted(decision: Decision, at?: number): Granted {
  if (decision.is === 'granted') return decision;
  if (decision.reason !== 'conditions-to-accept' || at === undefined) throw refuse(decision.reason);
  // Where they are accepted, for the one who can do something about it.
  const { version } = conditionsNow(at);
  throw refuse(decision.reason, { version, accept: 'POST /enrolment/conditions' });
}

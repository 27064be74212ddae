import type { WavePlan } from '../schema.ts';
import { isEnded, type WaveState } from './order-wave.ts';

interface Planned {
  readonly sendOn: string;
  readonly departments: readonly string[];
  readonly state: WaveState;
  readonly begunAt?: string | undefined;
}

/** Whether a plan says what already stands: the same day and the same départements, in any order. */
export function isSamePlan(plan: WavePlan, stands: Planned): boolean {
  return (
    plan.sendOn === stands.sendOn &&
    [...plan.departments].sort().join() === [...stands.departments].sort().join()
  );
}

const hasBegun = ({ state, begunAt }: Planned): boolean =>
  begunAt !== undefined || state === 'sending' || state === 'sent';

/**
 * Whether a plan may be taken: its day is not past, sending has not begun (a wave that was paused before may still be
 * planned anew, one that was stopped is ended), and no other wave still has to do with its départements, which would get
 * their mails from whichever came first.
 */
export function mayPlan(
  plan: WavePlan,
  stands: Planned | undefined,
  { today, others }: { today: string; others: readonly Planned[] },
): 'yes' | 'wave-in-the-past' | 'wave-begun' | 'wave-ended' | 'department-in-wave' {
  if (stands && hasBegun(stands)) return 'wave-begun';
  if (stands && isEnded(stands.state)) return 'wave-ended';
  if (plan.sendOn < today) return 'wave-in-the-past';
  const taken = new Set(
    others.flatMap(({ state, departments }) => (isEnded(state) ? [] : departments)),
  );
  return plan.departments.some((one) => taken.has(one)) ? 'department-in-wave' : 'yes';
}

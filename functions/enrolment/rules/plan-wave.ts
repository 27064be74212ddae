import type { WavePlan } from '../schema.ts';

interface Planned {
  readonly sendOn: string;
  readonly departments: readonly string[];
  readonly state: 'planned' | 'sending' | 'sent';
}

/** Whether a plan says what already stands: the same day and the same départements, in any order. */
export function isSamePlan(plan: WavePlan, stands: Planned): boolean {
  return (
    plan.sendOn === stands.sendOn &&
    [...plan.departments].sort().join() === [...stands.departments].sort().join()
  );
}

/** Whether a plan may be taken: its day is not past, and sending has not begun. */
export function mayPlan(
  plan: WavePlan,
  stands: Planned | undefined,
  today: string,
): 'yes' | 'wave-in-the-past' | 'wave-begun' {
  if (stands && stands.state !== 'planned') return 'wave-begun';
  return plan.sendOn < today ? 'wave-in-the-past' : 'yes';
}

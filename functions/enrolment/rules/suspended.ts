import type { Activated, Closed, Suspended } from '../stored.ts';
import { closedAfterTerm, type DeletionDelays, datesKept } from './deletion-delays.ts';
import type { SuspensionMotive } from './stop-motives.ts';

/** Why, when (ms) and by which line a record is suspended, and the days that its holder has to object. */
export interface Suspending {
  readonly motive: SuspensionMotive;
  readonly reference: string;
  readonly at: number;
  readonly termDays: number;
}

/** An activated record that is suspended (ENR-45): all is kept as it was. */
export function suspended(
  from: Activated,
  { motive, reference, at, termDays }: Suspending,
): Suspended {
  const { reopenedAt: _o, resumedAt: _s, closing: _c, agentClosing: _a, ...kept } = from;
  return {
    ...kept,
    status: 'suspended',
    suspendedAt: new Date(at).toISOString(),
    suspension: { reference, motive },
    closeFrom: closedAfterTerm(at, termDays),
  };
}

/** A suspended record as it was before. `at` in ms. */
export function resumed(from: Suspended, at: number): Activated {
  const { suspendedAt: _a, suspension: _s, closeFrom: _f, objectedAt: _o, ...kept } = from;
  return { ...kept, status: 'activated', resumedAt: new Date(at).toISOString() };
}

/**
 * A suspended record that is closed (ENR-45): by a decision, or since its holder did not object. It is kept and
 * then deleted as any closed one, but its account does not reopen it by a click: that takes a new code. `at` in ms.
 */
export function closedAfter(
  from: Suspended,
  { by, at, delays }: { by: 'decision' | 'term'; at: number; delays: DeletionDelays },
): Closed {
  const { suspendedAt, suspension: _s, closeFrom: _f, objectedAt: _o, ...kept } = from;
  return {
    ...kept,
    status: 'closed',
    closedAt: new Date(at).toISOString(),
    closedAfter: { suspendedAt, by },
    ...datesKept(at, delays),
  };
}

/** Whether an objection at an instant (ISO) is in time: until the last day of the term is over. */
export const mayObjectToSuspension = ({ closeFrom }: Suspended, at: string): boolean =>
  at < closeFrom;

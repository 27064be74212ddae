import type { Status } from '../stored.ts';
import { type DeletionStep, deletionStep, nextDeletionAt } from './deletion-step.ts';
import { callStep, nextCallAt } from './judge-agent-closure.ts';
import { nextWishAt, wishStep } from './judge-child-closure.ts';
import { type MajorityStep, majorityStep, nextMajorityAt } from './majority.ts';

/** What the clock does next to a record that nothing else is due to. */
export type NextStep =
  | DeletionStep
  | MajorityStep
  | NonNullable<ReturnType<typeof wishStep>>
  | NonNullable<ReturnType<typeof callStep>>;

/** When that is (ISO); undefined where nothing is. */
export function nextStepAt(status: Status): string | undefined {
  return [nextMajorityAt, nextWishAt, nextCallAt, nextDeletionAt]
    .map((next) => next(status))
    .flatMap((at) => at ?? [])
    .sort()[0];
}

/** What is due at an instant (ms): that somebody came of age comes before what others asked for in his place. */
export function nextStep(status: Status, now: number): NextStep | undefined {
  return (
    majorityStep(status, now) ??
    wishStep(status, now) ??
    callStep(status, now) ??
    deletionStep(status, now)
  );
}

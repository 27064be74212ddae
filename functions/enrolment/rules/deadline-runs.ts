import type { Invited, Status } from '../stored.ts';
import { lastInstant } from './last-instant.ts';
import { awaitsGuardian } from './unrepresented.ts';

/**
 * Whether the deadline of an invited person runs: not while his code is burnt, or what informed him came
 * back, or while a child's opening is blocked since who was written to is not his legal representative (ENR-23), or has
 * lost his authority (MIN-2).
 */
export function deadlineRuns(status: Invited): boolean {
  const { frozen, uninformed, blocked } = status;
  if (frozen !== undefined || uninformed !== undefined || blocked !== undefined) return false;
  return !awaitsGuardian(status);
}

/** The deadline that a refusal may name: of whom none runs (his code is burnt, his child's opening waits) none is told. */
export function deadlineTold(status: Status | undefined): { deadlineAt?: string } {
  if (!status || !('deadlineAt' in status) || status.deadlineAt === undefined) return {};
  if (status.status === 'invited' && !deadlineRuns(status)) return {};
  return { deadlineAt: lastInstant(status.deadlineAt, status.department) };
}

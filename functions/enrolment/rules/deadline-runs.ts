import type { Invited } from '../stored.ts';

/**
 * Whether the deadline of an invited person runs: not while his code is burnt, or what informed him came
 * back, or while a child's opening is blocked since who was written to is not his legal representative (ENR-23).
 */
export function deadlineRuns({ frozen, uninformed, blocked }: Invited): boolean {
  return frozen === undefined && uninformed === undefined && blocked === undefined;
}

import type { Invited } from '../stored.ts';

/** Whether the deadline of an invited person runs: not while his code is burnt, or what informed him came back. */
export function deadlineRuns({ frozen, uninformed }: Invited): boolean {
  return frozen === undefined && uninformed === undefined;
}

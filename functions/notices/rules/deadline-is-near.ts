import type { Standing } from '#shared/record/standing.ts';

/** Whether a deadline that ends soon still does: it runs, and is not over. `now` in ms. */
export function deadlineIsNear(
  { deadlineAt, frozen, uninformed }: Pick<Standing, 'deadlineAt' | 'frozen' | 'uninformed'>,
  now: number,
): boolean {
  const isRunning = frozen === undefined && uninformed === undefined;
  return isRunning && deadlineAt !== undefined && now <= Date.parse(deadlineAt);
}

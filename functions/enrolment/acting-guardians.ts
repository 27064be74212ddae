import { followStanding } from '#shared/record/standing.ts';

/**
 * Which of a child's guardians may act by now, as `childOf` hears them: who has closed his own record, or has died,
 * can do nothing for it.
 */
export async function actingOf(guardians: readonly string[]): Promise<ReadonlySet<string>> {
  const standings = await Promise.all(guardians.map(followStanding));
  return new Set(guardians.filter((_, at) => standings[at]?.status === 'activated'));
}

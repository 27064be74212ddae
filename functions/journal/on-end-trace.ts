import { loadStanding, namesOf } from '#shared/record/standing.ts';
import { eraseLines } from './erasure-store.ts';

/**
 * Lets go of all lines of a record whose trace has ended (ENR-47), and of those that were merged into it (ENR-20). Only of such a one: the fact of a record that is
 * anything else, or is forgotten already, changes nothing.
 */
export async function onEndTrace(holder: string): Promise<void> {
  const standing = await loadStanding(holder);
  if (standing?.status !== 'deleted' || standing.forgetFrom === undefined) return;
  for (const name of namesOf(standing)) await eraseLines(name);
}

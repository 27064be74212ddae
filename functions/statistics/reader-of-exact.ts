import { type Caller, signedIn } from '#shared/http/caller.ts';
import { refuse } from './rules.ts';

/** Who runs the campaign, and who answers for it. */
const roles: readonly (string | undefined)[] = ['campaign', 'supervisor'];

/**
 * Lets nobody else read exact numbers: a cell of one, by day and département, tells of a person to who printed his letter
 * or sat before him. What is published is for everybody. Throws `statistics/role-required`.
 */
export function readerOfExact(caller: Caller): void {
  if (!roles.includes(signedIn(caller).role)) throw refuse('role-required');
}

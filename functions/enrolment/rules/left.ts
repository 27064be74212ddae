import type { Status } from '../stored.ts';

/**
 * Somebody who is not insured any more: he is not informed, and no deadline of his runs; a letter in print is kept
 * back. An open or activated record stays as it is. Undefined where there is nothing to note.
 */
export function leftFrom(status: Status, leftAt: string): Status | undefined {
  const { letter: _letter, ...rest } = status;
  switch (rest.status) {
    case 'known':
      return { ...rest, leftAt };
    // Back among the insured he is informed anew.
    case 'invited':
      return { ...rest, leftAt, uninformed: 'left' };
    case 'deceased':
    case 'deleting':
    case 'deleted':
      return undefined;
    default:
      return { ...status, leftAt };
  }
}

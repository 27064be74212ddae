import type { StatusWord } from '#shared/kernel/status.ts';

/**
 * How far a DMP of before has come: being taken in, `held` until the record opens, on its `moving` into it,
 * `moved`; or `archived`, since its owner objected; `refused` is a package that was not whole.
 */
export const dmpStates = ['taking-in', 'held', 'moving', 'moved', 'archived', 'refused'] as const;
export type DmpState = (typeof dmpStates)[number];

/**
 * What is to be done with a DMP, from how far it has come and how the record stands now (R1111-40): it moves
 * into a record that opened or was activated; of who objects it is closed and archived, not lost, wherever it
 * was (an objection in time reverses an opening), and moves when he activates later. All else waits: what the
 * deletion of a record takes with it is the deletion's.
 */
export function dmpFate(
  state: DmpState,
  status: StatusWord | undefined,
): 'move' | 'archive' | 'keep' {
  const isWhole = state === 'held' || state === 'moving' || state === 'archived';
  switch (status) {
    case 'open':
    case 'activated':
      return isWhole ? 'move' : 'keep';
    case 'opposed':
      return state === 'held' || state === 'moving' || state === 'moved' ? 'archive' : 'keep';
    case undefined:
    case 'known':
    case 'invited':
    case 'suspended':
    case 'closed':
    case 'deletion-requested':
    case 'deleting':
    case 'deleted':
    case 'deceased':
      return 'keep';
    default:
      return status satisfies never;
  }
}

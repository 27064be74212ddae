import { hash } from 'node:crypto';

/** Changes of status and rights: its head stands in the status item. */
export const changesLane = 0;

const accessLanes = 8;

/**
 * The lane in which the reads and deposits of an accessor stand, 1 to 8: always the same for him, so
 * that many who read one record at once rarely wait for each other.
 */
export function laneOf(actorId: string): number {
  return 1 + ((hash('sha256', actorId, 'buffer')[0] ?? 0) % accessLanes);
}

/** Of lines that the holder may not know of yet: what he reads and exports is complete without them. */
const withheldLane = 9;

/** Where the line of an act stands that the holder may be shown, or not yet. */
export const laneFor = (actorId: string, { hidden }: { hidden: boolean }): number =>
  hidden ? withheldLane : laneOf(actorId);

/**
 * The lanes that a holder reads: changes, and reads and deposits. Any other is denied until it is
 * written here (a minor's secret has lanes of its own, which his guardians never see).
 */
export const holderLanes: readonly number[] = [
  changesLane,
  ...Array.from({ length: accessLanes }, (_, at) => at + 1),
];

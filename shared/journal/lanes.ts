import { hash } from 'node:crypto';
import { isMinor } from '../kernel/majority.ts';

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

/** The lanes of reads and deposits that anybody is shown. */
export const accessLaneNumbers: readonly number[] = Array.from(
  { length: accessLanes },
  (_, at) => at + 1,
);

/** Of lines that the holder may not know of yet: what he reads and exports is complete without them. */
const withheldLane = 9;

/** Of a minor's secret: his guardians neither read nor count it, he himself does once he has his record (MIN-14). */
export const secretLane = 10;

/** Where the line of an act stands that the holder may be shown, or not yet, or that his guardians may not. */
export const laneFor = (
  actorId: string,
  { hidden, secret = false }: { readonly hidden: boolean; readonly secret?: boolean },
): number => (hidden ? withheldLane : secret ? secretLane : laneOf(actorId));

/** All lanes that there are. */
export const lanes: readonly number[] = Array.from({ length: secretLane + 1 }, (_, lane) => lane);

/**
 * The lanes that a holder reads: changes, and reads and deposits. Any other is denied until it is
 * written here.
 */
export const holderLanes: readonly number[] = [changesLane, ...accessLaneNumbers];

/**
 * The lanes that somebody reads of his own record at an instant (ms). Who was a child here reads what was kept from his
 * guardians, too, from his majority on: before, nothing says that an account of his is not in their hands (MIN-4).
 */
export const ownLanes = (child: { readonly adultOn: string } | undefined, at: number) =>
  child && !isMinor(child, at) ? [...holderLanes, secretLane] : holderLanes;

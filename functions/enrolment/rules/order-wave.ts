import type { Wave } from '../schema.ts';

export type WaveState = Wave['state'];
export type Order = 'start' | 'pause' | 'stop';

/** A wave that will send nothing any more. */
export const isEnded = (state: WaveState): boolean => state === 'sent' || state === 'stopped';

/**
 * What an order makes of a wave: its new state, `same` where it stands so already, or why not. A paused
 * wave that never began goes back to its plan until its day has come.
 */
export function ordered(
  { state, sendOn, begunAt }: Pick<Wave, 'state' | 'sendOn' | 'begunAt'>,
  order: Order,
  today: string,
): WaveState | 'same' | 'wave-ended' | 'wave-not-due' {
  if (order === 'stop' && state === 'stopped') return 'same';
  if (isEnded(state)) return 'wave-ended';
  if (order === 'stop') return 'stopped';
  if (order === 'pause') return state === 'paused' ? 'same' : 'paused';
  if (state === 'sending') return 'same';
  if (sendOn <= today) return 'sending';
  return state === 'paused' && begunAt === undefined ? 'planned' : 'wave-not-due';
}

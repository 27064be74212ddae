import { setTimeout } from 'node:timers/promises';

/** Waits before the n-th repetition (from 0): a random time up to 40, 80, 160 … ms, so that rivals part. */
export async function pause(round: number): Promise<void> {
  await setTimeout(Math.random() * Math.min(2_000, 40 * 2 ** round));
}

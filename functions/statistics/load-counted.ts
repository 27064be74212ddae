import { pause } from '#shared/pause.ts';
import { loadBy, loadPlaces, type Counted as Place } from './counter-store.ts';
import { disagreements } from './rules/agreement.ts';

/** All counters of the states, each kind of place with the same records. */
export interface Standing {
  readonly places: readonly Place[];
  readonly cohorts: readonly Place[];
  readonly channels: readonly Place[];
}

export async function loadStanding(): Promise<Standing> {
  const [places, cohorts, channels] = await Promise.all([
    loadPlaces(undefined),
    loadBy('cohort'),
    loadBy('channel'),
  ]);
  return { places, cohorts, channels };
}

/** Lines may be counted between two reads: then they are read again. */
const mostLooks = 5;

/**
 * Something of the counters that satisfies a check, or what was seen last: `disagreements` tells by how
 * many counters it failed. Whatever is wrong for a moment only is right at a later look.
 */
export async function settled<T>(
  load: () => Promise<T>,
  wrong: (seen: T) => number,
): Promise<{ seen: T; disagreements: number }> {
  for (let look = 1; ; look++) {
    const seen = await load();
    const found = wrong(seen);
    if (found === 0 || look >= mostLooks) return { seen, disagreements: found };
    await pause(look);
  }
}

/** The counters of the states at a moment at which they agree. */
export const loadSettled = () => settled(loadStanding, disagreements);

import { isHeld } from './rules/letters-due.ts';
import { allWaves, type StoredWave } from './wave-store.ts';

/** How often a worker asks what those who run the campaign want, in real time: a pause holds within so much. */
const askEveryMs = 900;

/** What the campaign wants of a département's letters now, as a worker of one asks it for each of them. */
export function campaignOf(department: string) {
  let asked: { readonly at: number; readonly waves: Promise<StoredWave[]> } | undefined;
  const waves = (): Promise<StoredWave[]> => {
    const at = performance.now();
    if (!asked || at - asked.at >= askEveryMs) asked = { at, waves: allWaves() };
    return asked.waves;
  };
  return {
    /** Not while a wave of the département is paused. */
    mayInvite: async (): Promise<boolean> => !isHeld(await waves(), department),
    isStopped: async (wave: string): Promise<boolean> =>
      (await waves()).some((one) => one.wave === wave && one.state === 'stopped'),
  };
}

import * as z from 'zod';
import { inLanes } from '#shared/in-lanes.ts';
import { printPk, sendingShards } from './due.ts';
import { duePages } from './due-store.ts';
import { freeFromWave, isLeftBy } from './free-from-wave.ts';
import { loadStatuses } from './people-store.ts';
import { allWaves } from './wave-store.ts';

const Due = z.object({ dueSk: z.string() });
const lanes = 4;

/**
 * Frees whom stopped waves left to letters, in the départements of a wave: when it is stopped, and again when one is
 * planned, since a worker that had somebody in hand at the stop may have left him to a letter after it. Answers false
 * where the time ran out.
 */
export async function freeLeft(
  wave: string,
  { clock, hasTime }: { readonly clock: () => number; readonly hasTime: () => boolean },
): Promise<boolean> {
  const waves = await allWaves();
  const stopped = new Set(
    waves.flatMap(({ state, wave: name }) => (state === 'stopped' ? [name] : [])),
  );
  const { departments = [] } = waves.find((one) => one.wave === wave) ?? {};
  if (stopped.size === 0) return true;
  for (const department of departments)
    for (let shard = 0; shard < sendingShards; shard++)
      for await (const page of duePages(printPk(department, shard), Due)) {
        if (!hasTime()) return false;
        const statuses = await loadStatuses(page.map(({ dueSk }) => dueSk));
        await inLanes(statuses.values(), lanes, async (status) => {
          const { holder, wave: left = '' } = status;
          if (isLeftBy(status) && stopped.has(left))
            await freeFromWave({ holder, wave: left, now: clock() });
        });
      }
  return true;
}

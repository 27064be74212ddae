import { type SendingMessage, sendingParts } from './messages.ts';
import type { StoredWave } from './wave-store.ts';
import { loadWork } from './work-store.ts';

export function partsOf({ wave, departments }: Pick<StoredWave, 'wave' | 'departments'>) {
  return departments.flatMap((department) =>
    Array.from(
      { length: sendingParts },
      (_, quarter): SendingMessage => ({ wave, department, quarter }),
    ),
  );
}

export const keyOf = ({ department, quarter }: SendingMessage) => `${department}#${quarter}`;

/** What is left of a wave: all of it, and what no worker has in hand. */
export async function unsentParts(wave: Pick<StoredWave, 'wave' | 'departments'>, now: number) {
  const { done, inHand } = await loadWork({ kind: 'SENDING', of: wave.wave }, now);
  const all = partsOf(wave);
  const unsent = all.filter((part) => !done.has(keyOf(part)));
  const free = unsent.filter((part) => !inHand.has(keyOf(part)));
  return { all, unsent, free, inHand };
}

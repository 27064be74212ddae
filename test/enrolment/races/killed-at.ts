import { as } from './acting.ts';

class Killed extends Error {
  override readonly name = 'Killed';
}

/** Whether an act was killed on the way, and how many calls it had made by then. */
export interface Death {
  readonly died: boolean;
  readonly calls: number;
}

/**
 * Runs an act whose process dies as it is about to make its n-th call to AWS: that call and all later
 * ones never leave, and what was under way is applied without anybody hearing of it.
 */
export async function killedAt(n: number, act: () => Promise<unknown>): Promise<Death> {
  let calls = 0;
  let died = false;
  const call = async <T>(_name: string, go: () => Promise<T>): Promise<T> => {
    if (died || calls + 1 >= n) {
      died = true;
      throw new Killed();
    }
    calls += 1;
    const answer = await go();
    if (died) throw new Killed();
    return answer;
  };
  try {
    await as({ call }, act);
  } catch (error) {
    if (!died) throw error;
  }
  return { died, calls };
}

/** All the places at which an act can die: its calls when nothing happens, counted by playing it once. */
export async function deathsOf(act: () => Promise<unknown>): Promise<number[]> {
  const { calls } = await killedAt(Number.POSITIVE_INFINITY, act);
  return Array.from({ length: calls }, (_, at) => at + 1);
}

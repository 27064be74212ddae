import { setImmediate } from 'node:timers/promises';
import { as } from './acting.ts';

interface Waiting {
  readonly actor: string;
  readonly go: () => void;
}

export interface Interleaved {
  /** Who called, call by call: `objection TransactWrite`. */
  readonly trace: readonly string[];
  readonly outcomes: Readonly<Record<string, PromiseSettledResult<unknown>>>;
}

/**
 * Runs acts side by side with one call to AWS under way at a time: whenever every act that still runs
 * waits at a call, `choose` says which goes on.
 */
export async function interleave(
  acts: Readonly<Record<string, () => Promise<unknown>>>,
  choose: (ready: readonly string[]) => string,
): Promise<Interleaved> {
  const waiting: Waiting[] = [];
  const trace: string[] = [];
  const running = new Set(Object.keys(acts));
  let underWay = 0;

  async function goOn(): Promise<void> {
    // Calls that are sent at once arrive one after the other within this turn.
    await setImmediate();
    const ready = [...new Set(waiting.map(({ actor }) => actor))].sort();
    if (underWay > 0 || ready.length === 0 || ready.length < running.size) return;
    const chosen = choose(ready);
    const place = waiting.findIndex(({ actor }) => actor === chosen);
    const [next] = waiting.splice(Math.max(0, place), 1);
    underWay += 1;
    next?.go();
  }

  const outcomes: Record<string, PromiseSettledResult<unknown>> = {};
  const play = async (actor: string, act: () => Promise<unknown>) => {
    const call = async <T>(name: string, go: () => Promise<T>): Promise<T> => {
      await new Promise<void>((resolve) => {
        waiting.push({ actor, go: resolve });
        void goOn();
      });
      trace.push(`${actor} ${name}`);
      try {
        return await go();
      } finally {
        underWay -= 1;
        void goOn();
      }
    };
    const [outcome] = await Promise.allSettled([as({ call }, act)]);
    if (outcome) outcomes[actor] = outcome;
    running.delete(actor);
    void goOn();
  };
  await Promise.all(Object.entries(acts).map(([actor, act]) => play(actor, act)));
  return { trace, outcomes };
}

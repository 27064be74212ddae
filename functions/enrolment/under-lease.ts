import { newId } from '#shared/random.ts';
import { finishWork, type Part, releaseWork, takeWork } from './work-store.ts';

const renewMs = 30_000;

export interface Around {
  /** World time in ms. */
  readonly clock: () => number;
  /** Whether the function has time for more. */
  readonly hasTime: () => boolean;
}

/**
 * Does a part of a deadline's work under a lease that spares double work. It is done for good where there was time for
 * all of it and nobody was left; `more` where time ran out, `busy` where another has it in hand or it is done.
 */
export async function underLease<C extends { readonly left: number }>(
  work: Part,
  { clock, hasTime }: Around,
  does: (renew: () => Promise<void>) => Promise<C>,
): Promise<{ answer: 'done' | 'more' | 'busy'; counts?: C }> {
  const token = newId();
  let takenAt = clock();
  if (!(await takeWork(work, token, takenAt))) return { answer: 'busy' };
  // Its answer does not matter: a worker that lost the lease does double work, not wrong work.
  const renew = async () => {
    if (clock() - takenAt < renewMs) return;
    takenAt = clock();
    await takeWork(work, token, takenAt);
  };
  const counts = await does(renew).catch(async (error: unknown) => {
    await releaseWork(work, token, clock()).catch(() => false);
    throw error;
  });
  if (hasTime() && counts.left === 0) {
    await finishWork(work, token, clock());
    return { answer: 'done', counts };
  }
  await releaseWork(work, token, clock());
  return { answer: hasTime() ? 'done' : 'more', counts };
}

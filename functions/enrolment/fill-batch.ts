import * as z from 'zod';
import { inLanes } from '#shared/in-lanes.ts';
import { claimLetter } from './claim-letter.ts';
import { printPk, sendingShards } from './due.ts';
import { duePages } from './due-store.ts';
import { loadMembers } from './letter-store.ts';
import { mostLetters } from './schema-letters.ts';
import type { LetterBatch } from './stored-letters.ts';
import { wishesOf } from './wish-store.ts';

const lanes = 4;
const Due = z.object({ dueSk: z.string() });

export interface Job {
  readonly clock: () => number;
  readonly hasTime: () => boolean;
  /** Keeps the lease; false where another worker has it by now. */
  readonly renew: () => Promise<boolean>;
  /** Whether invitations may be printed now, or only what was asked for: a wave may be paused at any time. */
  readonly mayInvite: () => Promise<boolean>;
  /** Whether a wave was stopped for good. */
  readonly isStopped: (wave: string) => Promise<boolean>;
}

/**
 * Takes people who are due into a batch until it is full or nobody is left. Answers `stopped` where the time or the
 * lease ran out, else `filled`. Beside another worker at the same batch each place is still one letter's.
 */
export async function fillBatch({ batch, department }: LetterBatch, job: Job) {
  const taken = await loadMembers(batch);
  let free = (taken.at(-1)?.place ?? 0) + 1;
  let answer: 'filled' | 'stopped' = 'filled';
  let isClosed = false;
  const goesOn = (): boolean => {
    if (!job.hasTime()) answer = 'stopped';
    return answer === 'filled' && !isClosed && free <= mostLetters;
  };

  async function* due(): AsyncGenerator<{ holder: string; isWish: boolean }> {
    for await (const holder of wishesOf(department)) {
      if (!goesOn()) return;
      yield { holder, isWish: true };
    }
    if (!(await job.mayInvite())) return;
    for (let shard = 0; shard < sendingShards; shard++)
      for await (const page of duePages(printPk(department, shard), Due))
        for (const { dueSk } of page) {
          if (!goesOn()) return;
          yield { holder: dueSk, isWish: false };
        }
  }
  const give = async (holder: string): Promise<void> => {
    while (free <= mostLetters) {
      const place = free++;
      const { isStopped } = job;
      const claimed = await claimLetter({ holder, batch, place, now: job.clock(), isStopped });
      if (claimed === 'skipped' && place === free - 1) free = place;
      if (claimed === 'closed') isClosed = true;
      if (claimed !== 'place-taken') return;
    }
  };
  await inLanes(due(), lanes, async ({ holder, isWish }) => {
    if (!(await job.renew())) answer = 'stopped';
    // Paused meanwhile: who is in hand by now has his letter, nobody after him.
    if (!isWish && !(await job.mayInvite())) return;
    if (goesOn()) await give(holder);
  });
  return answer;
}

import { beginDeletion } from './begin-deletion.ts';
import { closeSuspended } from './close-suspended.ts';
import { comeOfAge } from './come-of-age.ts';
import { endClosureWish } from './end-closure-wish.ts';
import { endTrace } from './end-trace.ts';
import { finishDeletion } from './finish-deletion.ts';
import { forgetRecord } from './forget-record.ts';
import { lapseCall } from './lapse-call.ts';
import { loadStatus } from './person-store.ts';
import { remindOfDeletion } from './remind-of-deletion.ts';
import { remindOfMajority } from './remind-of-majority.ts';
import { nextStep } from './rules/next-step.ts';
import { tellDeletion } from './tell-deletion.ts';

/** What a step came to. */
export type Done =
  | 'closed'
  | 'reminded'
  | 'grown'
  | 'begun'
  | 'finished'
  | 'lapsed'
  | 'told'
  | 'ended'
  | 'forgotten'
  | 'waits'
  | 'skipped';

const acts = {
  close: closeSuspended,
  remind: remindOfDeletion,
  begin: beginDeletion,
  finish: finishDeletion,
  tell: tellDeletion,
  'end-trace': endTrace,
  forget: forgetRecord,
  'end-wish': endClosureWish,
  'lapse-call': lapseCall,
  'remind-majority': remindOfMajority,
  'come-of-age': comeOfAge,
} as const;

/**
 * Does, one after the other, what is due of one person's majority, deletion or wish now. The index is a hint: each step reads
 * him afresh and is written only over what it read, so that of a reopening and the deletion one wins.
 */
export async function deletePerson(
  holder: string,
  clock: () => number,
  count: (done: Done) => void,
): Promise<void> {
  for (;;) {
    const now = clock();
    const status = await loadStatus(holder);
    const step = status && nextStep(status, now);
    if (!step) return count('skipped');
    const done = await acts[step.is](holder, now);
    count(done);
    if (done === 'waits' || done === 'skipped' || done === 'forgotten') return;
  }
}

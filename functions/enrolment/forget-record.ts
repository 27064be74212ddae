import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { hasLines } from '#shared/journal/load.ts';
import { namesOf } from '#shared/record/standing.ts';
import { itemsEnd, signpostEnd } from './forgotten.ts';
import { loadStatus, statusEnd } from './person-store.ts';
import { deletionStep } from './rules/deletion-step.ts';

/**
 * Forgets a record whose trace has ended (ENR-47), and those that it had taken in, once the journal holds no line of
 * them: the one change without a line, since nothing may be left to write it in. The counters say how many they were.
 */
export async function forgetRecord(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'forget') return 'skipped';
    const names = namesOf(step.status);
    if ((await Promise.all(names.map(hasLines))).includes(true)) return 'waits';
    for (const name of names) await itemsEnd(name);
    for (const { holder: name } of step.status.absorbed ?? []) await signpostEnd(name, holder);
    await transact([statusEnd(holder, step.status.version)]);
    return 'forgotten';
  });
}

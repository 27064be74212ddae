import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { hasLines } from '#shared/journal/load.ts';
import { loadStatus, statusEnd } from './person-store.ts';
import { deletionStep } from './rules/deletion-step.ts';

/**
 * Forgets a record whose trace has ended (ENR-47), once the journal holds no line of it: the one change without a
 * line, since nothing may be left to write it in. The counters say how many they were.
 */
export async function forgetRecord(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'forget') return 'skipped';
    if (await hasLines(holder)) return 'waits';
    await transact([statusEnd(holder, step.status.version)]);
    return 'forgotten';
  });
}

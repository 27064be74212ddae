import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { DeletionDelays, deleteAfterReminder } from './rules/deletion-delays.ts';
import { deletionStep } from './rules/deletion-step.ts';
import type { Closed, DeletionRequested } from './stored.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/** Lets a holder be told that his record is about to be deleted (ENR-43); the notice follows from the line. */
export async function remindOfDeletion(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'remind') return 'skipped';
    const to: Closed | DeletionRequested = {
      ...step.status,
      remindedAt: new Date(now).toISOString(),
      deleteFrom: deleteAfterReminder(step.status, now, delays),
    };
    const { next, line } = append(to, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' }, channel: 'clock' },
      action: 'enrolment/remind-deletion',
      object: record(to, {}),
    });
    await transact([statusWrite(next, status?.version), journalWrite(line)]);
    return 'reminded';
  });
}

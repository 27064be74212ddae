import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { deletionStep } from './rules/deletion-step.ts';
import { closedAfter } from './rules/suspended.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/** Closes a suspended record to whose suspension nobody objected in time (ENR-45). `now` in ms. */
export async function closeSuspended(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'close') return 'skipped';
    const to = closedAfter(step.status, { by: 'term', at: now, delays });
    const { next, line } = append(to, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' }, channel: 'clock' },
      action: 'enrolment/close-suspended',
      object: record(step.status, { from: 'suspended', to: 'closed' }),
    });
    await transact([statusWrite(next, step.status.version), journalWrite(line)]);
    return 'closed';
  });
}

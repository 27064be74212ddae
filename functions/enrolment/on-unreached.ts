import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { type LineAt, loadLine } from '#shared/journal/load.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { DeletionDelays, deleteAfterReminder } from './rules/deletion-delays.ts';
import { isOfReminder } from './rules/is-of-reminder.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/**
 * No address took the reminder of a deletion, or one gave it back: it goes by letter as well, and the deletion waits until
 * that can be there (ENR-43, D68). However often it is told: the day follows from the line. A deletion that has begun goes on.
 */
export async function onUnreached(fact: LineAt, now: number): Promise<void> {
  const told = await loadLine(fact);
  if (told.reason !== 'notices/undeliverable') return;
  await untilUnrivalled(async () => {
    const status = await loadStatus(told.holder);
    if (status?.status !== 'closed' && status?.status !== 'deletion-requested') return;
    if (!isOfReminder(told.object.id, status)) return;
    const deleteFrom = deleteAfterReminder(status, Date.parse(told.at), delays, 'letter');
    if (deleteFrom === status.deleteFrom) return;
    const { next, line } = append({ ...status, deleteFrom }, status.holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' }, channel: 'post' },
      action: 'enrolment/postpone-deletion',
      object: record(status, {}),
    });
    await transact([statusWrite(next, status.version), journalWrite(line)]);
  });
}

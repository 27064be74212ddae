import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { type LineAt, loadLine } from '#shared/journal/load.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { followStatus, statusWrite } from './person-store.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { notedDmp } from './rules/noted-dmp.ts';
import type { Status } from './stored.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/**
 * A DMP from before was taken in for somebody, or archived since he objects (R1111-40): his status knows it from then
 * on, also where it lies under the name of a record that was merged into his (ENR-20). Who feeds it may go on, and what
 * is archived has its end in the index of deletions. `now` in ms.
 */
export async function onDmp(fact: LineAt, now: number): Promise<void> {
  const told = await loadLine(fact);
  const act = told.action === 'documents/archive-dmp' ? 'archived' : 'taken-in';
  await untilUnrivalled(async () => {
    const status = await followStatus(fact.holder);
    if (!status) throw new Error('a DMP of nobody');
    const dmp = notedDmp(status, { act, at: Date.parse(told.at) }, delays);
    if (!dmp) return;
    const to: Status = { ...status, dmp };
    const { next, line } = append(to, status.holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'facts' }, channel: 'file' },
      action: 'enrolment/note-dmp',
      object: record(status, {}),
    });
    await transact([statusWrite(next, status.version), journalWrite(line)]);
  });
}

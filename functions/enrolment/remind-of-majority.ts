import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { majorityStep } from './rules/majority.ts';
import type { Status } from './stored.ts';

/** Lets a minor's guardians, and himself, be told that he comes of age soon (MIN-5); the notice follows the line. */
export async function remindOfMajority(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    if (!status || majorityStep(status, now)?.is !== 'remind-majority') return 'skipped';
    const { next, line } = append<Status>({ ...status, majorityToldOn: parisDay(now) }, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'majority' }, channel: 'clock' },
      action: 'enrolment/remind-majority',
      object: record(status, {}),
    });
    await transact([statusWrite(next, status.version), journalWrite(line)]);
    return 'reminded';
  });
}

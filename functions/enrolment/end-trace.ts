import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { contactsEnd } from '#shared/record/contacts.ts';
import { unlinkWrite } from '#shared/record/link.ts';
import { namesOf } from '#shared/record/standing.ts';
import { certificatesEnd } from './certificate-store.ts';
import { placesEnd } from './forgotten.ts';
import { append, record } from './lines.ts';
import { numbersEnd } from './numbers.ts';
import { codeEnd, loadStatus, personEnd, statusWrite } from './person-store.ts';
import { deletionStep } from './rules/deletion-step.ts';
import type { Deleted } from './stored.ts';

/** So long the journal is given before it is looked whether its lines are gone (ms). */
const eraseMs = 5 * 60_000;

/**
 * Ends the trace of a deleted record (ENR-47): all that leads to it goes at once, certificates included, so that
 * nothing is written of it any more. Its last line tells the journal to let go of all lines, and takes it out of
 * the counters. Whom the insurance body names again later is somebody new. What stands of records that it had taken
 * in goes when it is forgotten: nothing leads there by then.
 */
export async function endTrace(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'end-trace') return 'skipped';
    const { life, linkTag, child } = step.status;
    const to: Deleted = { ...step.status, forgetFrom: new Date(now + eraseMs).toISOString() };
    const { next, line } = append(to, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' }, channel: 'clock' },
      action: 'enrolment/end-trace',
      object: record(step.status, { from: 'deleted' }),
    });
    await transact([
      statusWrite(next, step.status.version),
      ...(await numbersEnd(step.status)),
      ...(child ? await placesEnd(child, namesOf(step.status)) : []),
      ...(linkTag === undefined ? [] : [unlinkWrite(linkTag, holder)]),
      ...[personEnd(holder), codeEnd(holder), contactsEnd(holder)],
      ...certificatesEnd(holder, life),
      journalWrite(line),
    ]);
    return 'ended';
  });
}

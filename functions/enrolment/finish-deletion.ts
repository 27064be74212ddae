import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { loadErasure } from '#shared/record/erasure.ts';
import { openPerson } from '#shared/record/person.ts';
import { theSecret } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { certificateWrite } from './certificate-store.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { certificateOf } from './rules/certificate-of.ts';
import { deletionStep } from './rules/deletion-step.ts';
import { sign } from './sign-certificate.ts';
import type { Deleted, Deleting } from './stored.ts';

/**
 * Finishes a deletion (ENR-43, ENR-47): once every room has said in the journal that it is done, and no cache
 * can know the key any more. What was erased and when is signed. Until then it waits, and comes again.
 */
export async function finishDeletion(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'finish') return 'skipped';
    const erased = await loadErasure({ holder, begunSeq: step.status.begunSeq });
    const certificate = certificateOf(step.status, erased, now);
    if (!certificate) return 'waits';
    const { nir } = await openPerson(holder);
    const to = deleted(step.status, { now, nirTag: nirTag(await theSecret('lookup'), nir) });
    const { next, line } = append<Deleted>(to, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' }, channel: 'clock' },
      action: 'enrolment/finish-deletion',
      object: record(step.status, { from: 'deleting', to: 'deleted' }),
    });
    await transact([
      statusWrite(next, step.status.version),
      certificateWrite(await sign(certificate)),
      journalWrite(line),
    ]);
    return 'finished';
  });
}

function deleted(from: Deleting, { now, nirTag }: { now: number; nirTag: string }): Deleted {
  const { finishFrom: _, ...kept } = from;
  return {
    ...kept,
    status: 'deleted',
    life: (from.life ?? 0) + 1,
    deletedAt: new Date(now).toISOString(),
    nirTag,
    untold: true,
  };
}

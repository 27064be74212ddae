import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { reachOfAll } from './reach.ts';
import { DeletionDelays, deleteAfterReminder } from './rules/deletion-delays.ts';
import { deletionStep } from './rules/deletion-step.ts';
import { channelOf, wayOf } from './rules/way-of.ts';
import type { Closed, DeletionRequested } from './stored.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/**
 * Lets a holder be told that his record is about to be deleted (ENR-43); the notice follows from the line, which says by
 * which way. Whom neither mail nor text message reaches gets a letter, and the days that it takes (D68). Where
 * there is nobody to tell, the line says so, and the law's term runs on.
 */
export async function remindOfDeletion(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'remind') return 'skipped';
    const way = wayOf(await reachOfAll(readersOf(step.status, now)));
    const at = new Date(now).toISOString();
    const to: Closed | DeletionRequested = {
      ...step.status,
      ...(way === 'nobody' ? { unreachedAt: at } : { remindedAt: at }),
      deleteFrom: deleteAfterReminder(step.status, now, delays, way),
    };
    const { next, line } = append(to, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' } },
      channel: channelOf(way),
      ...(way === 'nobody'
        ? ({ outcome: 'refused', reason: 'enrolment/nobody-to-tell' } as const)
        : {}),
      action: 'enrolment/remind-deletion',
      object: record(to, {}),
    });
    await transact([statusWrite(next, status?.version), journalWrite(line)]);
    return 'reminded';
  });
}

/** Of a minor's record his guardians are told, else whom the insurance body attaches him to (MIN-1). */
function readersOf({ holder, child, guardians = [] }: Closed | DeletionRequested, now: number) {
  if (!child || !isMinor(child, now)) return [holder];
  if (guardians.length > 0) return guardians.map((one) => one.holder);
  return child.barred?.includes(child.attachedTo) ? [] : [child.attachedTo];
}

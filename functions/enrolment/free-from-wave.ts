import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { isToBeWrittenTo } from './rules/letter-due.ts';
import type { Status } from './stored.ts';

/** Whether a wave left somebody to a letter that is not printed yet: if it is stopped, he is another one's. */
export const isLeftBy = (status: Status): boolean =>
  status.status === 'known' && status.wave !== undefined && isToBeWrittenTo(status);

/**
 * Frees somebody whom a stopped wave had left to a letter (ENR-1): he stands as before the wave, for a coming one, and
 * is counted there. Two lines, since he leaves one count and arrives in another.
 */
export async function freeFromWave(of: { holder: string; wave: string; now: number }) {
  const { holder, wave, now } = of;
  await untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    if (!status || status.wave !== wave || !isLeftBy(status)) return;
    const { wave: _w, ...free } = status;
    const by = { at: now, actor: { kind: 'system', id: 'letters' }, channel: 'clock' } as const;
    const left = append<Status>(free, holder, {
      ...{ ...by, id: newId(), action: 'enrolment/halt-letter' },
      object: record(status, { from: 'known' }),
    });
    const { next, line } = append(left.next, holder, {
      ...{ ...by, id: newId(), action: 'enrolment/leave-wave' },
      object: record(free, { to: 'known' }),
    });
    await transact([
      statusWrite(next, status.version),
      journalWrite(left.line),
      journalWrite(line),
    ]);
  });
}

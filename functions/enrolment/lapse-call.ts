import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { callLapsed } from './call-stopped.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import { callStep } from './rules/judge-agent-closure.ts';

/** Notes that nobody confirmed in time what an agent took down (ENR-42, ENR-43): it is off, and its holder is told. `now` in ms. */
export async function lapseCall(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    if (!status || !callStep(status, now)) return 'skipped';
    const { next, line } = callLapsed(status, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' }, channel: 'clock' },
    });
    await transact([statusWrite(next, status.version), journalWrite(line)]);
    return 'lapsed';
  });
}

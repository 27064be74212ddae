import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { loadMember, memberWrite } from './letter-store.ts';
import { append, record } from './lines.ts';
import { loadStatus, statusWrite } from './person-store.ts';
import type { Status } from './stored.ts';

/**
 * Takes a letter out of a batch before it is printed: there is nobody to write to, or it is due no more. It becomes
 * nothing; where it is still its person's, it is so no longer, and his journal says so. Once, however often.
 */
export async function dropLetter(at: { batch: string; place: number; now: number }): Promise<void> {
  const { batch, place, now } = at;
  await untilUnrivalled(async () => {
    const member = await loadMember(batch, place);
    if (member.became) return;
    const nothing = memberWrite(batch, { ...member, became: 'nothing' }, member);
    const status = await loadStatus(member.holder);
    if (status?.letter?.reference !== member.reference) return transact([nothing]);
    const { letter: _letter, ...rest } = status;
    const { next, line } = append<Status>(rest, member.holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'letters' }, channel: 'post' },
      action: 'enrolment/drop-letter',
      object: record(status, {}),
    });
    await transact([nothing, statusWrite(next, status.version), journalWrite(line)]);
  });
}

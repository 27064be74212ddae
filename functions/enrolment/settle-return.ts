import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { loadMember, memberWrite } from './letter-store.ts';
import { append, record } from './lines.ts';
import { loadPersonVersion, loadStatus, statusWrite } from './person-store.ts';
import { judgeReturn } from './rules/judge-letter.ts';
import type { Invited, Status } from './stored.ts';

/**
 * A letter came back: its person is not informed any more, where it was what informed him; a line tells it in any
 * case (ENR-1). Facts that the insurance body told while it was on its way have him written to at once.
 */
export async function settleReturn(at: { batch: string; place: number; now: number }) {
  const { batch, place, now } = at;
  await untilUnrivalled(async () => {
    const member = await loadMember(batch, place);
    if (member.became === 'returned') return;
    const status = await loadStatus(member.holder);
    // Of a record that was merged into another since.
    if (!status) return transact([memberWrite(batch, { ...member, became: 'returned' }, member)]);
    const facts = await loadPersonVersion(member.holder);
    const hasNewerFacts = member.version !== undefined && (facts ?? 0) > member.version;
    const verdict = judgeReturn({ status, letter: member, hasNewerFacts });
    const isUninformed = verdict !== 'told';
    const to: Status =
      isUninformed && status.status === 'invited'
        ? { ...without(status, member.reference), uninformed: verdict }
        : status;
    const { next, line } = append(to, member.holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'letters' }, channel: 'post' },
      action: 'enrolment/note-return',
      object: record(status, isUninformed ? { from: status.status, to: to.status } : {}),
    });
    await transact([
      memberWrite(batch, { ...member, became: 'returned' }, member),
      statusWrite(next, status.version),
      journalWrite(line),
    ]);
  });
}

/** The letter that came back is his no more; one that was made for him since stays his. */
function without(status: Invited, reference: string): Invited {
  const { letter, informedBy: _i, ...rest } = status;
  return letter === undefined || letter.reference === reference ? rest : { ...rest, letter };
}

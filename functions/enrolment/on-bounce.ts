import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { append, record } from './lines.ts';
import { following } from './next-code.ts';
import { loadCode, loadStatus, statusWrite } from './person-store.ts';
import { judgeBounce, mailOfTag } from './rules/judge-bounce.ts';
import type { Status } from './stored.ts';
import { keptBack } from './withheld-store.ts';

/** The mail is still in the hands of who sends it: its bounce must come again. */
class InHand extends Error {
  override readonly name = 'InHand';
  readonly $retryable = {};
}

/**
 * A mail that informs came back for good, or was declared unwanted: the person is not informed, no deadline runs, and
 * he is left to a letter (ENR-1); so he is when the text message with the code that replaced his reached nobody. Noted once however often the bounce is told. `now` in ms.
 */
export async function onBounce(
  tag: string,
  now: number,
  channel: 'mail' | 'sms' = 'mail',
): Promise<void> {
  const mail = mailOfTag(tag);
  if (!mail) throw new Error('a bounce of a mail that is not ours');
  const { holder, generation } = mail;
  await untilUnrivalled(async () => {
    // The code first: who is still not informed after it is so by a mail that waits to be noted, or by none.
    const code = await loadCode(holder);
    const status = await loadStatus(holder);
    // The record was merged into another: the mail informed nobody of that one.
    if (!status) return;
    const prepared = code?.next && following(code);
    const verdict = judgeBounce({ status, code: code?.current, prepared, generation });
    if (verdict === 'in-hand') throw new InHand();
    if (verdict === 'nothing' || status.status !== 'invited') return;
    // A letter of before says nothing of the next information.
    const { letter: _letter, ...rest } = status;
    const to: Status = { ...rest, uninformed: 'bounced', informBy: 'letter' };
    const { next, line } = append(to, holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'facts' }, channel },
      action: 'enrolment/note-bounce',
      object: record(to, { from: 'invited', to: 'invited' }, status),
    });
    await transact([
      statusWrite(next, status.version),
      journalWrite(line),
      ...keptBack(status, next),
    ]);
  });
}

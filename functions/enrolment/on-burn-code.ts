import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '#shared/aws/dynamo.ts';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { sendMail, Undeliverable } from '#shared/mail/send.ts';
import { newId } from '#shared/random.ts';
import { addresseeOf } from './addressee.ts';
import { append, record } from './lines.ts';
import { codeBlocked } from './mails/code-blocked.ts';
import { forChild } from './mails/for-child.ts';
import { codeWrite, loadCode, loadStatus, statusWrite } from './person-store.ts';

/**
 * Tells the person, by the channel of the invitation, that the code is blocked. Told once; a crash
 * between the mail and its note may double the mail. An address that is not taken stands in the journal.
 */
export async function onBurnCode(
  { holder }: { holder: string },
  clock: () => number,
): Promise<void> {
  const [status, code] = await Promise.all([loadStatus(holder), loadCode(holder)]);
  const current = code?.current;
  if (!status || !code || !current?.burntAt || current.burnToldAt) return;
  const to = await addresseeOf(status, clock());
  if (!to) return;
  const { person, child } = to;
  if (!person.email) return;
  try {
    const letter = codeBlocked(person, status.status === 'invited');
    await sendMail(person.email, forChild(letter, child));
  } catch (error) {
    if (error instanceof Undeliverable) return undeliverable(holder, clock());
    throw error;
  }
  const burnToldAt = new Date(clock()).toISOString();
  const told = { ...code, revision: code.revision + 1, current: { ...current, burnToldAt } };
  await dynamo.send(new PutCommand(codeWrite(told, code.revision).Put));
}

/** Nobody was told: agents see it, and the code is not marked as told. */
async function undeliverable(holder: string, at: number): Promise<void> {
  await untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    if (!status) return;
    const { next, line } = append(status, holder, {
      id: newId(),
      at,
      actor: { kind: 'system', id: 'facts' },
      channel: 'mail',
      action: 'enrolment/tell-burnt-code',
      object: record(status, {}),
      outcome: 'refused',
      reason: 'enrolment/undeliverable',
    });
    await transact([statusWrite(next, status.version), journalWrite(line)]);
  });
}

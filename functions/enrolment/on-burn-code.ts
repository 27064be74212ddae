import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '#shared/aws/dynamo.ts';
import { codeBlocked } from './mails/code-blocked.ts';
import { sendMail, Undeliverable } from './mails/send.ts';
import { openPerson } from './next-code.ts';
import { codeWrite, loadCode, loadStatus } from './person-store.ts';

/**
 * Tells the person, by the channel of the invitation, that the code is blocked. Told once; a crash
 * between the mail and its note may double the mail.
 */
export async function onBurnCode(
  { holder }: { holder: string },
  clock: () => number,
): Promise<void> {
  const [status, code] = await Promise.all([loadStatus(holder), loadCode(holder)]);
  const current = code?.current;
  if (status?.status !== 'invited' || !code || !current?.burntAt || current.burnToldAt) return;
  const person = await openPerson(holder);
  if (!person.email) return;
  try {
    await sendMail(person.email, codeBlocked(person));
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
  }
  const burnToldAt = new Date(clock()).toISOString();
  const told = { ...code, revision: code.revision + 1, current: { ...current, burnToldAt } };
  await dynamo.send(new PutCommand(codeWrite(told, code.revision).Put));
}

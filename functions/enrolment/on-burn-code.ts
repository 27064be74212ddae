import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '#shared/aws/dynamo.ts';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { sendMail, Undeliverable } from '#shared/mail/send.ts';
import { newId } from '#shared/random.ts';
import { sendText, Unreachable } from '#shared/sms/send.ts';
import { type Addressee, findAddressee } from './addressee.ts';
import { append, record } from './lines.ts';
import { codeBlocked } from './mails/code-blocked.ts';
import { forChild } from './mails/for-child.ts';
import { codeWrite, loadCode, loadStatus, statusWrite } from './person-store.ts';
import { burntLetterDue } from './rules/burnt-letter.ts';
import type { Code } from './stored-code.ts';
import { blockedText } from './texts/blocked-text.ts';

/**
 * Tells the person, by the channel of the invitation, that the code is blocked: by mail, or by a letter that brings
 * another code, with a text message before it where he has a mobile number. Told once; a crash between the mail or
 * text and its note may double it. An address that is not taken stands in the journal, and a letter is sent.
 */
export async function onBurnCode(
  { holder }: { holder: string },
  clock: () => number,
): Promise<void> {
  const [status, code] = await Promise.all([loadStatus(holder), loadCode(holder)]);
  const current = code?.current;
  if (!status || !code || !current?.burntAt || current.burnToldAt) return;
  const to = await findAddressee(status, clock());
  if (!to) return;
  const { person, child } = to;
  // Also whose mail came back: he was informed by letter.
  if (!person.email || status.informBy === 'letter') {
    if (person.mobile && burntLetterDue(status, code)) await text(person.mobile, child);
    return byLetter(holder, clock());
  }
  try {
    const letter = codeBlocked(person, status.status === 'invited');
    await sendMail(person.email, forChild(letter, child));
  } catch (error) {
    if (error instanceof Undeliverable) return byLetter(holder, clock(), 'undeliverable');
    throw error;
  }
  const burnToldAt = new Date(clock()).toISOString();
  const told = { ...code, revision: code.revision + 1, current: { ...current, burnToldAt } };
  await dynamo.send(new PutCommand(codeWrite(told, code.revision).Put));
}

/** A number that takes none changes nothing: the letter is sent in any case. */
async function text(mobile: string, child: Addressee['child']): Promise<void> {
  await sendText(mobile, blockedText({ isOfChild: child !== undefined })).catch(
    (error: unknown) => {
      if (!(error instanceof Unreachable)) throw error;
    },
  );
}

/**
 * Orders the letter with its line. Of a mail that was not taken the line says so, agents see it, and the code is not
 * marked as told.
 */
async function byLetter(holder: string, at: number, refused?: 'undeliverable'): Promise<void> {
  await untilUnrivalled(async () => {
    const [status, code] = await Promise.all([loadStatus(holder), loadCode(holder)]);
    if (!status || !code?.current) return;
    const isDue = burntLetterDue(status, code);
    if (!isDue && !refused) return;
    const { next, line } = append(status, holder, {
      ...{ id: newId(), at, actor: { kind: 'system', id: 'facts' } },
      channel: refused ? 'mail' : 'post',
      action: 'enrolment/tell-burnt-code',
      object: record(status, {}),
      ...(refused ? { outcome: 'refused' as const, reason: `enrolment/${refused}` } : {}),
    });
    const burnToldAt = new Date(at).toISOString();
    const wished: Code = {
      ...{ ...code, revision: code.revision + 1 },
      ...{ letterFor: status.department, afterBurning: true },
      current: refused ? code.current : { ...code.current, burnToldAt },
    };
    await transact([
      statusWrite(next, status.version),
      journalWrite(line),
      ...(isDue ? [codeWrite(wished, code.revision)] : []),
    ]);
  });
}

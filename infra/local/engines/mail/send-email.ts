import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { transaction } from '../database.ts';
import type { MailEvent, SentMail } from '../engine.ts';
import { AwsFault, parseInput } from '../wire/fault.ts';
import { addressOf, type MailStore } from './store.ts';

const content = z.strictObject({ Data: z.string(), Charset: z.literal('UTF-8').optional() });
const tagWord = z.string().regex(/^[A-Za-z0-9_-]{1,256}$/);
const SendEmail = z.strictObject({
  FromEmailAddress: z.string().min(1),
  Destination: z.strictObject({ ToAddresses: z.array(z.string()).min(1).max(50) }),
  Content: z.strictObject({
    Simple: z.strictObject({
      Subject: content,
      Body: z.strictObject({ Text: content.optional(), Html: content.optional() }),
    }),
  }),
  ConfigurationSetName: z.string().optional(),
  /** Told again with what becomes of the mail; of letters, digits, `_` and `-` only. */
  EmailTags: z.array(z.strictObject({ Name: tagWord, Value: tagWord })).optional(),
});

export type OnMailEvent = (event: MailEvent) => void | Promise<void>;

/** Addresses that play a part: refused at once, or accepted and bounced, or declared unwanted. */
const refused = '@refus.invalid';
const bounced = '@bounce.invalid';
const complained = '@plainte.invalid';

/** Accepts a mail: kept when this resolves, its bounce or complaint told. MessageRejected for `@refus.invalid`. */
export async function sendEmail(
  input: unknown,
  by: { readonly store: MailStore; readonly now: number; readonly onEvent: OnMailEvent },
): Promise<{ MessageId: string }> {
  const { FromEmailAddress, Destination, Content, EmailTags } = parseInput(
    'SendEmail',
    SendEmail,
    input,
  );
  const { Subject, Body } = Content.Simple;
  const to = Destination.ToAddresses;
  mustBeAddresses([FromEmailAddress, ...to]);
  const endsWith = (end: string) => to.some((one) => addressOf(one).toLowerCase().endsWith(end));
  if (endsWith(refused)) throw new AwsFault('MessageRejected', 'Email address is not accepted.');
  const mail: SentMail = transaction(by.store.db, () =>
    by.store.add({
      messageId: randomBytes(30).toString('hex'),
      at: new Date(by.now).toISOString(),
      from: FromEmailAddress,
      to,
      subject: Subject.Data,
      text: Body.Text?.Data ?? '',
      html: Body.Html?.Data ?? '',
      ...(EmailTags && {
        tags: Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, Value])),
      }),
    }),
  );
  if (endsWith(bounced)) await by.onEvent({ detailType: 'Email Bounced', mail });
  if (endsWith(complained)) await by.onEvent({ detailType: 'Email Complaint Received', mail });
  return { MessageId: mail.messageId };
}

function mustBeAddresses(texts: readonly string[]): void {
  const wrong = texts.some((text) => !/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(addressOf(text)));
  if (wrong) throw new AwsFault('BadRequestException', 'Missing final domain or malformed address');
}

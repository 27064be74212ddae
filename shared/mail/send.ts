import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { mail } from '../aws/mail.ts';
import { env } from '../env.ts';
import { asHtml, asText, type Letter } from './letter.ts';

const { MAIL_FROM, MAIL_CONFIGURATION_SET } = env({
  MAIL_FROM: z.string().min(1),
  MAIL_CONFIGURATION_SET: z.string().min(1),
});

const Charset = 'UTF-8';

const Answered = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) });

/** The mail service does not take this person's address: trying again will not help. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

/** SES names the kind of a refusal, not whom it concerns: that stands in its message only. */
const ofAnAddress = /address|domain|local part|recipient/i;
const ofOurs = /not verified|identit(y|ies)|configuration set|suspended|paused/i;

/** Whether a refusal concerns the recipient; ours (a lapsed identity, a pause) must not defer a whole wave. */
function concernsRecipient(error: unknown): boolean {
  if (!(error instanceof Error) || !/^(MessageRejected|BadRequest)/.test(error.name)) return false;
  return ofAnAddress.test(error.message) && !ofOurs.test(error.message);
}

/** Whether the mail service itself said no, so that nothing has left: any other failure leaves it open. */
export function wasNotAccepted(error: unknown): boolean {
  const told = Answered.safeParse(error);
  if (!told.success) return error instanceof Undeliverable;
  const { httpStatusCode } = told.data.$metadata;
  return httpStatusCode >= 400 && httpStatusCode < 500;
}

/**
 * Hands a mail over; when this returns, the mail service has accepted it. Throws `Undeliverable` for
 * an address that is not taken, and anything else as it came. Tags come back with a bounce: pseudonyms only.
 */
export async function sendMail(
  to: string,
  letter: Letter,
  tags?: Readonly<Record<string, string>>,
): Promise<void> {
  const send = new SendEmailCommand({
    FromEmailAddress: MAIL_FROM,
    ConfigurationSetName: MAIL_CONFIGURATION_SET,
    Destination: { ToAddresses: [to] },
    ...(tags && { EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })) }),
    Content: {
      Simple: {
        Subject: { Data: letter.subject, Charset },
        Body: {
          Text: { Data: asText(letter), Charset },
          Html: { Data: asHtml(letter), Charset },
        },
      },
    },
  });
  await mail.send(send).catch((error: unknown) => {
    throw concernsRecipient(error) ? new Undeliverable() : error;
  });
}

import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { mail } from '#shared/aws/mail.ts';
import { env } from '#shared/env.ts';
import { asHtml, asText, type Letter } from './letter.ts';

const { MAIL_FROM, MAIL_CONFIGURATION_SET } = env({
  MAIL_FROM: z.string().min(1),
  MAIL_CONFIGURATION_SET: z.string().min(1),
});

const Charset = 'UTF-8';

/** The mail service does not take this address or message: trying again will not help. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

/** Hands a mail over; when this returns, the mail service has accepted it. */
export async function sendMail(to: string, letter: Letter): Promise<void> {
  const send = new SendEmailCommand({
    FromEmailAddress: MAIL_FROM,
    ConfigurationSetName: MAIL_CONFIGURATION_SET,
    Destination: { ToAddresses: [to] },
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
    const refused = error instanceof Error && /^(MessageRejected|BadRequest)/.test(error.name);
    throw refused ? new Undeliverable() : error;
  });
}

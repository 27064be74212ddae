import { SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import * as z from 'zod';
import { sms } from '../aws/sms.ts';
import { env } from '../env.ts';
import { segmentsOf } from './segments.ts';

const { SMS_FROM, SMS_CONFIGURATION_SET } = env({
  SMS_FROM: z.string().min(1),
  SMS_CONFIGURATION_SET: z.string().min(1),
});

/** The service takes no text message for this number: trying again will not help. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** What the service says of a number: its owner wants none, or it is none. All else is ours (D15). */
const Refusal = z.object({
  name: z.enum(['ConflictException', 'ValidationException']),
  Reason: z.string().optional(),
  Fields: z.array(z.object({ Name: z.string().optional() })).optional(),
});
const ofTheNumber = ['DESTINATION_PHONE_NUMBER_OPTED_OUT', 'INVALID_PARAMETER'];

function concernsRecipient(error: unknown): boolean {
  const { data: told } = Refusal.safeParse(error);
  if (!told?.Reason || !ofTheNumber.includes(told.Reason)) return false;
  if (told.name === 'ConflictException') return true;
  return told.Fields?.some(({ Name }) => Name === 'DestinationPhoneNumber') === true;
}

/** Most parts of a message: what is longer is a letter's or a mail's. */
const mostParts = 2;

/**
 * Hands a text message over to a number (E.164); when this returns, the service has accepted it. Throws
 * `Unreachable` for a number that takes none, anything else as it came. Tags come back with what becomes of it: pseudonyms only.
 */
export async function sendText(
  to: string,
  text: string,
  tags?: Readonly<Record<string, string>>,
): Promise<void> {
  const parts = segmentsOf(text);
  if (parts === undefined || parts > mostParts) throw new Error('a text message that is too long');
  const send = new SendTextMessageCommand({
    DestinationPhoneNumber: to,
    OriginationIdentity: SMS_FROM,
    ConfigurationSetName: SMS_CONFIGURATION_SET,
    MessageBody: text,
    MessageType: 'TRANSACTIONAL',
    ...(tags && { Context: { ...tags } }),
  });
  await sms.send(send).catch((error: unknown) => {
    throw concernsRecipient(error) ? new Unreachable() : error;
  });
}

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { SentText, TextEvent } from '../engine.ts';
import { AwsFault, parseInput } from '../wire/fault.ts';
import type { TextStore } from './store.ts';

const contextWord = z.string().min(1).max(800);
const SendTextMessage = z.strictObject({
  DestinationPhoneNumber: z.string().min(1),
  OriginationIdentity: z.string().min(1),
  MessageBody: z.string().min(1).max(1600),
  MessageType: z.literal('TRANSACTIONAL'),
  ConfigurationSetName: z.string().min(1),
  /** Told again with what becomes of the message. */
  Context: z.record(z.string().max(100), contextWord).optional(),
});

export type OnTextEvent = (event: TextEvent) => void | Promise<void>;

/** Numbers that play a part, by their end: who wants no messages, and whom none reaches. */
const optedOut = '9901';
const unreachable = '9902';

/** Accepts a text message: kept when this resolves, its failure told. A number that is none or opted out is refused. */
export async function sendText(
  input: unknown,
  by: { readonly store: TextStore; readonly now: number; readonly onEvent: OnTextEvent },
): Promise<{ MessageId: string }> {
  const asked = parseInput('SendTextMessage', SendTextMessage, input);
  const { DestinationPhoneNumber: to, Context } = asked;
  if (!/^\+[1-9]\d{7,14}$/.test(to))
    throw new AwsFault('ValidationException', 'Invalid phone number', {
      more: {
        Reason: 'INVALID_PARAMETER',
        Fields: [{ Name: 'DestinationPhoneNumber', Message: 'Invalid phone number' }],
      },
    });
  if (to.endsWith(optedOut))
    throw new AwsFault('ConflictException', 'The destination phone number is opted out', {
      more: { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' },
    });
  const text: SentText = by.store.add({
    messageId: randomUUID(),
    at: new Date(by.now).toISOString(),
    from: asked.OriginationIdentity,
    to,
    text: asked.MessageBody,
    ...(Context && { context: Context }),
  });
  if (to.endsWith(unreachable)) await by.onEvent({ eventType: 'TEXT_UNREACHABLE', text });
  return { MessageId: text.messageId };
}

import * as z from 'zod';
import { AwsFault, parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { queueBy, type Sqs } from '../context.ts';
import { MessageAttributes, md5, md5OfAttributes } from '../digest.ts';
import type { Settings } from '../store.ts';
import { inBatch } from './batch.ts';

const maxBytes = 1024 * 1024;
const message = {
  MessageBody: z.string().min(1),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: MessageAttributes.optional(),
};
const Send = z.strictObject({ QueueUrl: z.string(), ...message });
const SendBatch = z.strictObject({
  QueueUrl: z.string(),
  Entries: z.array(z.strictObject({ Id: z.string(), ...message })),
});
type NewMessage = Omit<z.infer<typeof Send>, 'QueueUrl'>;

export function send(sqs: Sqs): Operation {
  return (input) => {
    const { QueueUrl, ...message } = parseInput('SendMessage', Send, input);
    return put(sqs, queueBy(sqs, QueueUrl), message);
  };
}

export function sendBatch(sqs: Sqs): Operation {
  return (input) => {
    const { QueueUrl, Entries } = parseInput('SendMessageBatch', SendBatch, input);
    const queue = queueBy(sqs, QueueUrl);
    if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > maxBytes) {
      throw new AwsFault(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${maxBytes} bytes.`,
        {
          queryCode: 'AWS.SimpleQueueService.BatchRequestTooLong',
        },
      );
    }
    return inBatch(sqs, Entries, ({ Id: _id, ...entry }) => put(sqs, queue, entry));
  };
}

/** Stores one message and lets a waiting poll see it. */
export function put(sqs: Sqs, queue: Settings, message: NewMessage) {
  if (sizeOf(message) > maxBytes) {
    throw new AwsFault(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`,
    );
  }
  const attributes = message.MessageAttributes ?? {};
  const MessageId = sqs.store.add({
    queue: queue.name,
    body: message.MessageBody,
    attributes: JSON.stringify(attributes),
    now: sqs.now(),
    delaySeconds: message.DelaySeconds ?? queue.delaySeconds,
  });
  sqs.waiters.wake(queue.name);
  const MD5OfMessageAttributes = md5OfAttributes(attributes);
  return {
    MessageId,
    MD5OfMessageBody: md5(message.MessageBody),
    ...(MD5OfMessageAttributes && { MD5OfMessageAttributes }),
  };
}

function sizeOf(message: NewMessage): number {
  const attributes = Object.entries(message.MessageAttributes ?? {}).flatMap(([name, value]) => [
    name,
    value.DataType,
    value.StringValue ?? value.BinaryValue ?? '',
  ]);
  return [message.MessageBody, ...attributes].reduce(
    (sum, part) => sum + Buffer.byteLength(part),
    0,
  );
}

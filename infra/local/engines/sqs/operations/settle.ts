import * as z from 'zod';
import { AwsFault, parseInput } from '#infra/local/engines/wire/fault.ts';
import type { Operation } from '#infra/local/engines/wire/json-engine.ts';
import { queueBy, type Sqs } from '../context.ts';
import { seqOf } from '../store.ts';
import { inBatch } from './batch.ts';

const receipt = { ReceiptHandle: z.string() };
const Delete = z.strictObject({ QueueUrl: z.string(), ...receipt });
const DeleteBatch = z.strictObject({
  QueueUrl: z.string(),
  Entries: z.array(z.strictObject({ Id: z.string(), ...receipt })),
});
const Change = z.strictObject({
  QueueUrl: z.string(),
  ...receipt,
  VisibilityTimeout: z.int().min(0).max(43_200),
});

export function deleteMessage(sqs: Sqs): Operation {
  return (input) => {
    const { QueueUrl, ReceiptHandle } = parseInput('DeleteMessage', Delete, input);
    return remove(sqs, queueBy(sqs, QueueUrl).name, ReceiptHandle);
  };
}

export function deleteBatch(sqs: Sqs): Operation {
  return (input) => {
    const { QueueUrl, Entries } = parseInput('DeleteMessageBatch', DeleteBatch, input);
    const { name } = queueBy(sqs, QueueUrl);
    return inBatch(sqs, Entries, ({ ReceiptHandle }) => remove(sqs, name, ReceiptHandle));
  };
}

/** Seconds count from now in world time; 0 gives the message back at once. */
export function changeVisibility(sqs: Sqs): Operation {
  return (input) => {
    const wanted = parseInput('ChangeMessageVisibility', Change, input);
    const { name } = queueBy(sqs, wanted.QueueUrl);
    mustBeReceipt(wanted.ReceiptHandle);
    const now = sqs.now();
    const message = sqs.store.byReceipt(name, wanted.ReceiptHandle);
    if (message === undefined || message.visibleAt <= now) {
      throw new AwsFault('MessageNotInflight', 'The message is not in flight.', {
        queryCode: 'AWS.SimpleQueueService.MessageNotInflight',
      });
    }
    sqs.store.show(message.seq, now + wanted.VisibilityTimeout * 1000);
    sqs.waiters.wake(name);
    return {};
  };
}

/** Deleting twice, or by a receipt that a later receive has replaced, has no effect and no error. */
function remove(sqs: Sqs, queue: string, receiptHandle: string): object {
  mustBeReceipt(receiptHandle);
  const message = sqs.store.byReceipt(queue, receiptHandle);
  if (message !== undefined) sqs.store.remove(message.seq);
  return {};
}

function mustBeReceipt(receiptHandle: string): void {
  if (seqOf(receiptHandle) > 0) return;
  throw new AwsFault('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
}

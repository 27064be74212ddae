import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { sqs } from '#shared/aws/sqs.ts';

/** Puts messages into a queue, ten at a time; fails when the queue refuses one. */
export async function sendAll(QueueUrl: string, messages: readonly object[]): Promise<void> {
  for (let from = 0; from < messages.length; from += 10) {
    const Entries = messages
      .slice(from, from + 10)
      .map((message, at) => ({ Id: String(at), MessageBody: JSON.stringify(message) }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    // Whoever called tries again; parts that were taken twice find nothing left to do.
    if (Failed.length > 0) throw new Error('the queue refused messages');
  }
}

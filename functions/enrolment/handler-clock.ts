import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sqs } from '#shared/aws/sqs.ts';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { startDeletion } from './job-start-deletion.ts';
import { startOpening } from './job-start-opening.ts';
import { startSending } from './job-start-sending.ts';

const { SENDING_QUEUE, OPENING_QUEUE, DELETION_QUEUE } = env({
  SENDING_QUEUE: z.string().min(1),
  OPENING_QUEUE: z.string().min(1),
  DELETION_QUEUE: z.string().min(1),
});

/** What each job lists, and the queue of those who do it. */
const jobs = {
  'start-sending': { start: startSending, queue: SENDING_QUEUE },
  'start-opening': { start: startOpening, queue: OPENING_QUEUE },
  'start-deletion': { start: startDeletion, queue: DELETION_QUEUE },
} as const;

const Started = z.object({ job: z.enum(['start-sending', 'start-opening', 'start-deletion']) });

/** The clock's entry: finds what is due and hands it to the workers' queues. */
export async function handler(event: unknown): Promise<{ messages: number }> {
  const now = Date.now();
  const { job } = Started.parse(event);
  const { start, queue } = jobs[job];
  const messages = await start(now);
  await sendAll(queue, messages);
  log('info', { event: 'started', job, counts: { messages: messages.length } });
  return { messages: messages.length };
}

async function sendAll(QueueUrl: string, messages: readonly object[]): Promise<void> {
  for (let from = 0; from < messages.length; from += 10) {
    const Entries = messages
      .slice(from, from + 10)
      .map((message, at) => ({ Id: String(at), MessageBody: JSON.stringify(message) }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    // The scheduler tries again; parts that were taken twice find nothing left to do.
    if (Failed.length > 0) throw new Error('the queue refused messages');
  }
}

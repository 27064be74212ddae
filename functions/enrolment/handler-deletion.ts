import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sqs } from '#shared/aws/sqs.ts';
import { fromQueue } from '#shared/entry/queue.ts';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { deleteDue } from './job-delete.ts';
import { DeletionMessage } from './messages.ts';

const { DELETION_QUEUE: QueueUrl } = env({ DELETION_QUEUE: z.string().min(1) });
const reserveMs = 45_000;
/** Longer than a key may be kept, and its slack. */
const laterSeconds = 600;

export const handler = fromQueue(DeletionMessage, async (message, context) => {
  const { answer, counts } = await deleteDue(message, {
    clock: () => Date.now(),
    hasTime: () => context.getRemainingTimeInMillis() > reserveMs,
  });
  const again = { QueueUrl, MessageBody: JSON.stringify(message) };
  if (answer === 'more') await sqs.send(new SendMessageCommand(again));
  if (answer === 'later')
    await sqs.send(new SendMessageCommand({ ...again, DelaySeconds: laterSeconds }));
  log('info', { event: 'deletion', job: 'deletion', code: answer, counts: { ...counts } });
});

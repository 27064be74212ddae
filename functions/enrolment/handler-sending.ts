import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sqs } from '#shared/aws/sqs.ts';
import { fromQueue } from '#shared/entry/queue.ts';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { sendShards } from './job-send.ts';
import { SendingMessage } from './messages.ts';
import { ordersOf } from './wave-store.ts';

const { SENDING_QUEUE: QueueUrl } = env({ SENDING_QUEUE: z.string().min(1) });
const reserveMs = 45_000;

export const handler = fromQueue(SendingMessage, async (message, context) => {
  const { answer, counts } = await sendShards(message, {
    clock: () => Date.now(),
    orders: ordersOf,
    hasTime: () => context.getRemainingTimeInMillis() > reserveMs,
  });
  if (answer === 'more')
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  log('info', { event: 'sending', job: 'sending', code: answer, counts });
});

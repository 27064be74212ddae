import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sqs } from '#shared/aws/sqs.ts';
import { fromQueue } from '#shared/entry/queue.ts';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { openShards } from './job-open.ts';
import { OpeningMessage } from './messages.ts';

const { OPENING_QUEUE: QueueUrl } = env({ OPENING_QUEUE: z.string().min(1) });
const reserveMs = 45_000;

export const handler = fromQueue(OpeningMessage, async (message, context) => {
  const { answer, counts } = await openShards(message, {
    clock: () => Date.now(),
    hasTime: () => context.getRemainingTimeInMillis() > reserveMs,
  });
  if (answer === 'more')
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  log('info', { event: 'opening', job: 'opening', code: answer, counts: { ...counts } });
});

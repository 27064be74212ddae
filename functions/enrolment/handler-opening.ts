import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sqs } from '#shared/aws/sqs.ts';
import { fromQueue } from '#shared/entry/queue.ts';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { openShards } from './job-open.ts';
import { remindShards } from './job-remind.ts';
import { OpeningMessage, RemindingMessage } from './messages.ts';

const { OPENING_QUEUE: QueueUrl } = env({ OPENING_QUEUE: z.string().min(1) });
const reserveMs = 45_000;

export const handler = fromQueue(
  z.union([RemindingMessage, OpeningMessage]),
  async (message, context) => {
    const around = {
      clock: () => Date.now(),
      hasTime: () => context.getRemainingTimeInMillis() > reserveMs,
    };
    const job = 'remindDays' in message ? 'reminding' : 'opening';
    const { answer, counts } =
      'remindDays' in message
        ? await remindShards(message, around)
        : await openShards(message, around);
    if (answer === 'more')
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
    log('info', { event: job, job, code: answer, counts: { ...counts } });
  },
);

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sqs } from '#shared/aws/sqs.ts';
import { fromQueue } from '#shared/entry/queue.ts';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { printLetters } from './job-print.ts';
import { LettersMessage } from './messages.ts';
import { settleBatch } from './settle-batch.ts';

const { LETTERS_QUEUE: QueueUrl } = env({ LETTERS_QUEUE: z.string().min(1) });
/** Time kept for printing a full batch. */
const reserveMs = 180_000;

/** A journal line's reference, as the relay puts it on the house bus; its subject is `letters:<name>`. */
const Fact = z.object({
  'detail-type': z.enum([
    'enrolment/order-letters',
    'enrolment/post-letters',
    'enrolment/return-letters',
  ]),
  detail: z.object({ holder: z.string().startsWith('letters:') }),
});

export const handler = fromQueue(z.union([LettersMessage, Fact]), async (message, context) => {
  const clock = () => Date.now();
  const named = 'detail' in message ? message.detail.holder.slice('letters:'.length) : '';
  if ('detail' in message && message['detail-type'] !== 'enrolment/order-letters')
    return settleBatch(named, clock);
  const department = 'detail' in message ? named : message.department;
  const answer = await printLetters(department, {
    clock,
    hasTime: () => context.getRemainingTimeInMillis() > reserveMs,
  });
  if (answer === 'more') {
    const MessageBody = JSON.stringify({ department } satisfies LettersMessage);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
  log('info', { event: 'printing', job: 'print', code: answer });
});

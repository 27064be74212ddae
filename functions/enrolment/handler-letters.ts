import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sqs } from '#shared/aws/sqs.ts';
import { fromQueue } from '#shared/entry/queue.ts';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { freeLeft } from './job-free.ts';
import { printLetters } from './job-print.ts';
import { FreeingMessage, LettersMessage } from './messages.ts';
import { settleBatch } from './settle-batch.ts';

const { LETTERS_QUEUE: QueueUrl } = env({ LETTERS_QUEUE: z.string().min(1) });
/** Time kept for printing a full batch. */
const reserveMs = 180_000;

/** A journal line's reference, as the relay puts it on the house bus; its subject is `letters:<name>` or `wave:<name>`. */
const Fact = z.object({
  'detail-type': z.enum([
    'enrolment/order-letters',
    'enrolment/post-letters',
    'enrolment/return-letters',
    'enrolment/stop-wave',
    'enrolment/plan-wave',
  ]),
  detail: z.object({ holder: z.string().regex(/^(letters|wave):./) }),
});

const clock = () => Date.now();
const goOn = (message: LettersMessage | FreeingMessage) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));

export const handler = fromQueue(
  z.union([LettersMessage, FreeingMessage, Fact]),
  async (message, context) => {
    const hasTime = () => context.getRemainingTimeInMillis() > reserveMs;
    if ('freed' in message) return free(message.freed, hasTime);
    if ('department' in message) return print(message.department, hasTime);
    const named = message.detail.holder.replace(/^[a-z]+:/, '');
    switch (message['detail-type']) {
      case 'enrolment/order-letters':
        return print(named, hasTime);
      case 'enrolment/stop-wave':
      case 'enrolment/plan-wave':
        return free(named, hasTime);
      default:
        return settleBatch(named, clock);
    }
  },
);

async function print(department: string, hasTime: () => boolean): Promise<void> {
  const answer = await printLetters(department, { clock, hasTime });
  if (answer === 'more') await goOn({ department });
  log('info', { event: 'printing', job: 'print', code: answer });
}

async function free(wave: string, hasTime: () => boolean): Promise<void> {
  if (!(await freeLeft(wave, { clock, hasTime }))) await goOn({ freed: wave });
}

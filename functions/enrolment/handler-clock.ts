import * as z from 'zod';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { startOpening } from './job-start-opening.ts';
import { startSending } from './job-start-sending.ts';
import { sendAll } from './send-all.ts';

const { SENDING_QUEUE, OPENING_QUEUE } = env({
  SENDING_QUEUE: z.string().min(1),
  OPENING_QUEUE: z.string().min(1),
});

const Started = z.object({ job: z.enum(['start-sending', 'start-opening']) });

/** The clock's entry: finds what is due and hands it to the workers' queues. */
export async function handler(event: unknown): Promise<{ messages: number }> {
  const now = Date.now();
  const { job } = Started.parse(event);
  const sending = job === 'start-sending';
  const messages = sending ? await startSending(now) : await startOpening(now);
  await sendAll(sending ? SENDING_QUEUE : OPENING_QUEUE, messages);
  log('info', { event: 'started', job, counts: { messages: messages.length } });
  return { messages: messages.length };
}

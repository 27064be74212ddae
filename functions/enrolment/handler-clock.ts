import * as z from 'zod';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { startDeletion } from './job-start-deletion.ts';
import { startLetters } from './job-start-letters.ts';
import { startOpening } from './job-start-opening.ts';
import { startReminding } from './job-start-reminding.ts';
import { startSending } from './job-start-sending.ts';
import { sendAll } from './send-all.ts';

const { SENDING_QUEUE, OPENING_QUEUE, DELETION_QUEUE } = env({
  SENDING_QUEUE: z.string().min(1),
  OPENING_QUEUE: z.string().min(1),
  DELETION_QUEUE: z.string().min(1),
});

/** What each job lists, and the queue of those who do it. */
const jobs = {
  'start-sending': { start: startSending, queue: SENDING_QUEUE },
  'start-opening': { start: startOpening, queue: OPENING_QUEUE },
  'start-reminding': { start: startReminding, queue: OPENING_QUEUE },
  'start-deletion': { start: startDeletion, queue: DELETION_QUEUE },
} as const;

const Started = z.object({
  job: z.enum([
    'start-sending',
    'start-opening',
    'start-reminding',
    'start-deletion',
    'start-letters',
  ]),
});

/** The clock's entry: finds what is due and hands it to the workers' queues. */
export async function handler(event: unknown): Promise<{ messages: number }> {
  const now = Date.now();
  const { job } = Started.parse(event);
  if (job === 'start-letters') {
    // Its orders are facts of the journal, which start the work.
    const ordered = await startLetters(now);
    log('info', { event: 'started', job, counts: { orders: ordered.length } });
    return { messages: ordered.length };
  }
  const { start, queue } = jobs[job];
  const messages = await start(now);
  await sendAll(queue, messages);
  log('info', { event: 'started', job, counts: { messages: messages.length } });
  return { messages: messages.length };
}

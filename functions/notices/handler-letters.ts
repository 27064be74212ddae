import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { fromQueue } from '#shared/entry/queue.ts';
import { log } from '#shared/log.ts';
import { printDueLetters } from './job-print-letters.ts';
import { settleLetters } from './settle-letters.ts';

/** Time kept for printing a full batch. */
const reserveMs = 120_000;

const Due = z.object({ job: z.literal('print-letters') });

/** A journal line's reference, as the relay puts it on the house bus; its subject is `letters:<name>`. */
const Fact = z.object({
  'detail-type': z.enum(['notices/post-letters', 'notices/return-letters']),
  detail: z.object({ holder: z.string().startsWith('letters:') }),
});

const settling = fromQueue(Fact, ({ detail }) =>
  settleLetters(detail.holder.slice('letters:'.length), () => Date.now()),
);

/** The clock has the letters printed that are due; the bus brings what the print shop told. */
export async function handler(event: unknown, context: Context) {
  if (!Due.safeParse(event).success) return settling(event, context);
  const { batches, isDone } = await printDueLetters(
    () => Date.now(),
    () => context.getRemainingTimeInMillis() > reserveMs,
  );
  log(isDone ? 'info' : 'warn', { event: 'printed', job: 'print-letters', counts: { batches } });
  return { batches };
}

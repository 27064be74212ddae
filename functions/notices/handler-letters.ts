import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { log } from '#shared/log.ts';
import { printDueLetters } from './job-print-letters.ts';

/** Time kept for printing a full batch. */
const reserveMs = 120_000;

const Due = z.object({ job: z.literal('print-letters') });

/** The clock has the letters printed that are due. */
export async function handler(event: unknown, context: Context): Promise<{ batches: number }> {
  const { job } = Due.parse(event);
  const { batches, isDone } = await printDueLetters(
    () => Date.now(),
    () => context.getRemainingTimeInMillis() > reserveMs,
  );
  log(isDone ? 'info' : 'warn', { event: 'printed', job, counts: { batches } });
  return { batches };
}

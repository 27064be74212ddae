import * as z from 'zod';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { publish } from './job-publish.ts';
import { reconcile } from './job-reconcile.ts';

const { PUBLISH_EVERY_DAYS } = env({ PUBLISH_EVERY_DAYS: z.coerce.number().int().min(1) });

const Started = z.object({ job: z.enum(['publish', 'reconcile']) });

/** The clock's entry: publishes what is due, and holds the counters against each other. */
export async function handler(event: unknown): Promise<{ outcome: string }> {
  const now = Date.now();
  const { job } = Started.parse(event);
  if (job === 'reconcile') {
    const disagreements = await reconcile(now);
    log('info', { event: 'reconciled', job, counts: { disagreements } });
    return { outcome: disagreements === 0 ? 'agree' : 'differ' };
  }
  const outcome = await publish(now, PUBLISH_EVERY_DAYS);
  log(outcome === 'disagreeing' ? 'error' : 'info', { event: outcome, job });
  return { outcome };
}

import { log } from '#shared/log.ts';
import { IntegrityError } from '#shared/sealing/integrity.ts';
import { refuse } from './refusals.ts';

/** What is opened whole, or a refusal that shows nothing; the alarm hangs on the line of the log. */
export async function whole<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    log('error', { event: 'integrity', code: 'documents/integrity' });
    throw refuse('integrity');
  }
}

import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { isPassing } from '../aws/faults.ts';
import { anonymous, log } from '../log.ts';

const SqsEvent = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })),
});

export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

/**
 * Takes the messages of a batch one after the other; those that fail are named, so that the queue
 * keeps only them. A message that can never be read ends in the dead-letter queue.
 */
export function fromQueue<T extends z.ZodType>(
  type: T,
  act: (message: z.infer<T>, context: Context) => Promise<void>,
) {
  return async (event: unknown, context: Context): Promise<BatchAnswer> => {
    const batchItemFailures: BatchAnswer['batchItemFailures'] = [];
    for (const { messageId, body } of SqsEvent.parse(event).Records) {
      try {
        await act(type.parse(JSON.parse(body)), context);
      } catch (error) {
        log(isPassing(error) ? 'warn' : 'error', { event: 'message-failed', ...anonymous(error) });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
}

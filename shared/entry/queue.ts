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

/** Nothing of a batch could be done. Says no more: the runtime logs the message of what is thrown. */
export class BatchFailed extends Error {
  override readonly name = 'BatchFailed';
}

/**
 * Takes the messages of a batch one after the other; those that fail are named, so that the queue
 * keeps only them. Where all failed it throws, so that it counts as an error of the function and the
 * alarm is heard. A message that can never be read ends in the dead-letter queue.
 */
export function fromQueue<T extends z.ZodType>(
  type: T,
  act: (message: z.infer<T>, context: Context) => Promise<void>,
) {
  return async (event: unknown, context: Context): Promise<BatchAnswer> => {
    const batchItemFailures: BatchAnswer['batchItemFailures'] = [];
    const { Records } = SqsEvent.parse(event);
    for (const { messageId, body } of Records) {
      try {
        await act(type.parse(JSON.parse(body)), context);
      } catch (error) {
        log(isPassing(error) ? 'warn' : 'error', { event: 'message-failed', ...anonymous(error) });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    if (Records.length > 0 && batchItemFailures.length === Records.length) throw new BatchFailed();
    return { batchItemFailures };
  };
}

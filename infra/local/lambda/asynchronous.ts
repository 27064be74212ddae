import type { SqsEngine } from '#infra/local/engines/engine.ts';
import type { Outcome, StageFunction } from './function.ts';

export interface AsynchronousSettings {
  readonly fn: StageFunction;
  readonly invoke: (event: unknown) => Promise<Outcome>;
  readonly sqs: SqsEngine;
  readonly maxRetries: number;
  /** Queue that takes the whole failure record (a destination), beside the function's dead-letter queue. */
  readonly onFailureArn: string | undefined;
}

/**
 * An event without a caller who waits: tried again on failure (at once: the minutes that Lambda waits
 * between add nothing at home), then put where the template says. Returns the last outcome.
 */
export async function invokeAsynchronously(
  event: unknown,
  settings: AsynchronousSettings,
): Promise<Outcome> {
  const { fn, invoke, sqs, maxRetries, onFailureArn } = settings;
  let outcome = await invoke(event);
  for (let retry = 0; retry < maxRetries && !outcome.ok; retry += 1) outcome = await invoke(event);
  if (outcome.ok) return outcome;
  if (fn.deadLetterArn !== undefined) sqs.deliver(fn.deadLetterArn, JSON.stringify(event));
  if (onFailureArn !== undefined) {
    const record = {
      version: '1.0',
      requestContext: {
        functionArn: fn.arn,
        condition: 'RetriesExhausted',
        approximateInvokeCount: maxRetries + 1,
      },
      requestPayload: event,
      responsePayload: outcome.error,
    };
    sqs.deliver(onFailureArn, JSON.stringify(record));
  }
  return outcome;
}

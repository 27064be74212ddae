import type { Outcome, StageFunction } from './function.ts';

export interface AsynchronousSettings {
  readonly fn: StageFunction;
  readonly invoke: (event: unknown) => Promise<Outcome>;
  /** Puts a message on a queue by the function's own rights. */
  readonly deliver: (queueArn: string, body: unknown) => Promise<void>;
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
  const { fn, invoke, deliver, maxRetries, onFailureArn } = settings;
  let outcome = await invoke(event);
  for (let retry = 0; retry < maxRetries && !outcome.ok; retry += 1) outcome = await invoke(event);
  if (outcome.ok) return outcome;
  if (fn.deadLetterArn !== undefined) await deliver(fn.deadLetterArn, event);
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
    await deliver(onFailureArn, record);
  }
  return outcome;
}

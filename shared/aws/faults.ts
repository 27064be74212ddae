import * as z from 'zod';

const Told = z.object({
  name: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
  $retryable: z.unknown().optional(),
  CancellationReasons: z
    .array(z.object({ Code: z.string().optional() }))
    .optional()
    .catch(undefined),
});

const passing = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'TransactionInProgressException',
  'TransactionConflictException',
  'LimitExceededException',
  'KMSInternalException',
  'DependencyTimeoutException',
  'TimeoutError',
  'AbortError',
]);

/** Codes of a cancelled transaction's parts, in the order of its actions; undefined for any other error. */
export function cancellation(error: unknown): readonly string[] | undefined {
  const told = Told.safeParse(error);
  if (!told.success || told.data.name !== 'TransactionCanceledException') return undefined;
  return (told.data.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
}

const passingReasons = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Whether a part of a cancelled transaction may pass when it is tried again as it is. */
export function mayPass(reason: string): boolean {
  return passingReasons.has(reason);
}

/** Whether a transaction was cancelled by a rival or for the moment: to be read and decided afresh. */
export function isRivalled(error: unknown): boolean {
  return cancellation(error)?.some((r) => r === 'ConditionalCheckFailed' || mayPass(r)) ?? false;
}

/** Whether a failed call to AWS is a matter of the moment: throttled, conflicting, broken off, or a 5xx. */
export function isPassing(error: unknown): boolean {
  const reasons = cancellation(error);
  if (reasons) return reasons.some(mayPass) && reasons.every((r) => r === 'None' || mayPass(r));
  const told = Told.safeParse(error);
  if (!told.success) return false;
  const { name, code, $metadata } = told.data;
  if (passing.has(name) || told.data.$retryable !== undefined) return true;
  if (code && /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/.test(code)) return true;
  return ($metadata?.httpStatusCode ?? 0) >= 500;
}

/** Whether a single conditional write was refused by its condition. */
export function isConditionFailed(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

import { assistedChecks } from '../data/assisted-checks.ts';
import type { AssistedCheck } from '../schema-assisted.ts';
import type { Status } from '../stored.ts';
import type { CurrentCode } from '../stored-code.ts';
import { isExpired } from './last-instant.ts';

/** Why a person who gave the right NIR, card and code cannot read his record at the counter. */
export type NotAssisted = 'code-burnt' | 'code-used' | 'code-expired' | 'no-open-record';

/**
 * Whether a person may read his record at a counter: with a code that is good still, while the record is open or
 * activated. He need not have activated it: who has no address to confirm is whom the counter is for. ISO instants.
 */
export function judgeAssisted({
  status,
  code,
  receivedAt,
}: {
  readonly status: Status;
  readonly code: CurrentCode;
  readonly receivedAt: string;
}): 'open' | NotAssisted {
  if (code.burntAt) return 'code-burnt';
  if (code.usedAt) return 'code-used';
  if (isExpired(code, status, receivedAt)) return 'code-expired';
  return status.status === 'open' || status.status === 'activated' ? 'open' : 'no-open-record';
}

/** Which checks the adviser has not made, by what held on a day in Paris; before the first entry, by the first. */
export function missingAssistedChecks(
  given: readonly AssistedCheck[],
  day: string,
  since = assistedChecks,
): AssistedCheck[] {
  const holds = since.findLast(({ from }) => from <= day) ?? since[0];
  return (holds?.needs ?? []).filter((check) => !given.includes(check));
}

import type { Day } from '#shared/kernel/calendar.ts';
import { closureChecks } from '../data/closure-checks.ts';
import type { ClosureChannel, ClosureCheck } from '../schema-agent-closure.ts';

/**
 * Which checks are missing before an agent may take a wish to close down (`asking`), or confirm it (`calling`), by what
 * held on a day in Paris; before the first entry, by the first (ENR-42).
 */
export function missingClosureChecks(
  step: 'asking' | 'calling',
  given: { readonly channel: ClosureChannel; readonly checks: readonly ClosureCheck[] },
  day: Day,
  since = closureChecks,
): ClosureCheck[] {
  const holds = since.filter(({ from }) => from <= day).at(-1) ?? since[0];
  return (holds?.[step][given.channel] ?? []).filter((check) => !given.checks.includes(check));
}

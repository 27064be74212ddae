import { oppositionChecks } from '../data/opposition-checks.ts';
import type { OppositionChannel, OppositionCheck } from '../schema.ts';

/**
 * Which checks are missing before an agent may take an objection that came this way (ENR-40), by what held
 * on a day in Paris; before the first entry, by the first.
 */
export function missingChecks(
  given: { readonly channel: OppositionChannel; readonly checks: readonly OppositionCheck[] },
  day: string,
  since = oppositionChecks,
): OppositionCheck[] {
  const holds = since.filter(({ from }) => from <= day).at(-1) ?? since[0];
  return (holds?.needs[given.channel] ?? []).filter((check) => !given.checks.includes(check));
}

import type { Status } from '#functions/enrolment/stored.ts';
import { changesOf } from '#functions/statistics/rules.ts';
import type { JournalLine } from '#shared/journal/schema.ts';

/**
 * Where a person's lines leave him in the counters, as `place state count`: nowhere else than where his
 * status stands, once. An act that tells too little of what it changed leaves a trace somewhere.
 */
export function countFaults(status: Status, lines: readonly JournalLine[]): string[] {
  const sums = new Map<string, number>();
  for (const { place, counter, by } of lines.flatMap(changesOf)) {
    if (place.by === 'day' || !counter.startsWith('status.')) continue;
    const { by: kind, ...where } = place;
    const key = `${kind} ${Object.values(where).join('#')} ${counter}`;
    sums.set(key, (sums.get(key) ?? 0) + by);
  }
  const { wave = 'none', department, cohort = 'unknown', informBy } = status;
  const channel = cohort === 'unknown' ? cohort : informBy;
  for (const place of [`wave ${wave}#${department}`, `cohort ${cohort}`, `channel ${channel}`]) {
    const key = `${place} status.${status.status}`;
    sums.set(key, (sums.get(key) ?? 0) - 1);
  }
  return [...sums].flatMap(([key, sum]) => (sum === 0 ? [] : [`${key} ${sum}`]));
}

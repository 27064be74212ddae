import type { Jobs } from '#shared/journal/job.ts';
import { lettersEntry } from './subscribers.ts';

export const jobs = {
  /** Prints the notices that are due by letter; twice a morning, so that a missed or unfinished run is caught up. */
  'print-letters': { ...lettersEntry, kind: 'schedule', cron: '20 5,6 * * ? *' },
} as const satisfies Jobs;

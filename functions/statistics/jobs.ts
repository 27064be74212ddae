import type { Jobs } from '#shared/journal/job.ts';

export const jobs = {
  /** Publishes the edition of the period; daily, so that a missed run is caught up. */
  publish: {
    kind: 'schedule',
    entry: 'clock',
    cron: '30 5 * * ? *',
    timeoutSeconds: 300,
    memoryMb: 1024,
    rights: {
      tables: { STATISTICS_TABLE: ['GetItem', 'Query', 'PutItem'] },
      parameters: ['PUBLISH_EVERY_DAYS'],
    },
  },
  /** Holds the counters against each other before the day begins. */
  reconcile: {
    kind: 'schedule',
    entry: 'clock',
    cron: '40 4 * * ? *',
    timeoutSeconds: 300,
    rights: { tables: { STATISTICS_TABLE: ['Query'] } },
  },
} as const satisfies Jobs;

import type { Jobs } from '#shared/journal/job.ts';

export const jobs = {
  /** Prints the notices that are due by letter; twice a morning, so that a missed or unfinished run is caught up. */
  'print-letters': {
    kind: 'schedule',
    entry: 'letters',
    cron: '20 5,6 * * ? *',
    timeoutSeconds: 600,
    memoryMb: 1769,
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem'],
        IDENTITY_TABLE: ['GetItem'],
        JOURNAL_TABLE: ['GetItem', 'PutItem'],
        KEYS_TABLE: ['GetItem'],
        NOTICES_TABLE: ['GetItem', 'PutItem', 'Query', 'UpdateItem'],
      },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      buckets: { LETTERS_BUCKET: [{ action: 'PutObject', prefix: 'notices/' }] },
      parameters: ['LETTER_SENDER'],
    },
  },
} as const satisfies Jobs;

import type { Subscribers } from '#shared/journal/subscriber.ts';

export const subscribers = {
  /** Puts a reference of every line on the house bus: ids and coarse facts, never the line. */
  relay: {
    kind: 'stream',
    entry: 'relay',
    actions: [],
    batchSize: 100,
    timeoutSeconds: 60,
    rights: { events: true },
  },
  /** The trace of a deleted record ends: its lines go, the last of all the one that says so. */
  endings: {
    kind: 'bus',
    entry: 'facts',
    actions: ['enrolment/end-trace'],
    batchSize: 1,
    maxConcurrency: 5,
    timeoutSeconds: 60,
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem'], JOURNAL_TABLE: ['DeleteItem', 'Query'] },
    },
  },
} as const satisfies Subscribers;

import type { Subscribers } from '#shared/journal/subscriber.ts';

export const subscribers = {
  /** Derives exact counters from the journal's stream: a batch is counted once, however often it comes. */
  count: {
    kind: 'stream',
    entry: 'stream',
    actions: [],
    batchSize: 500,
    timeoutSeconds: 60,
    windowSeconds: 10,
    rights: { tables: { STATISTICS_TABLE: ['GetItem', 'PutItem', 'UpdateItem'] } },
  },
} as const satisfies Subscribers;

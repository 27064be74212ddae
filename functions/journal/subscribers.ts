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
} as const satisfies Subscribers;

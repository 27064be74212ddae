import { awsJson } from '#infra/local/door/aws-json.ts';
import type { Keys } from '#infra/local/door/keys.ts';
import { createPositions } from '#infra/local/pollers/positions.ts';
import { type Poller, pollQueue } from '#infra/local/pollers/queue-poller.ts';
import { pollStream, type StreamPoller } from '#infra/local/pollers/stream-poller.ts';
import type { Inventory } from '#infra/local/template/inventory.ts';
import { deliveryOf } from './deliver.ts';
import type { Runtime } from './runtime.ts';

export interface ReadersSettings {
  readonly inventory: Inventory;
  readonly runtime: Runtime;
  readonly keys: Keys;
  readonly doorPort: number;
  readonly region: string;
  readonly folder: string | undefined;
  readonly now: () => number;
  readonly writes: () => number;
  readonly complain: (what: string) => void;
}

export interface Readers {
  readonly streams: readonly StreamPoller[];
  /** Queues that functions read, by name. */
  readonly queues: ReadonlyMap<string, Poller>;
  stop(): void;
}

/** Starts the event source mappings of the template; each calls through the door as its function. */
export function startReaders(settings: ReadersSettings): Readers {
  const { inventory, runtime, keys, doorPort, region } = settings;
  const streams: StreamPoller[] = [];
  const queues = new Map<string, Poller>();
  for (const mapping of inventory.mappings) {
    const { fn, invoke, most: environments } = runtime.byArn(mapping.functionArn);
    const as = (service: string) =>
      awsJson(doorPort, { accessKeyId: keys.of(fn.id).accessKeyId, service, region });
    const queue = inventory.queues.find((one) => one.arn === mapping.sourceArn);
    if (queue !== undefined) {
      queues.set(
        queue.name,
        pollQueue({
          ...settings,
          mapping,
          queueUrl: queue.url,
          sqs: as('sqs'),
          invoke,
          environments,
        }),
      );
      continue;
    }
    streams.push(
      pollStream({
        ...settings,
        mapping,
        streams: as('dynamodb'),
        positions: createPositions(settings.folder, mapping.id),
        invoke,
        giveUp: async (body) => {
          if (mapping.onFailureArn !== undefined)
            await deliveryOf(fn.id, settings)(mapping.onFailureArn, body);
        },
      }),
    );
  }
  return {
    streams,
    queues,
    stop() {
      for (const reader of [...streams, ...queues.values()]) reader.stop();
    },
  };
}

import type { Construct } from 'constructs';
import type { Stage } from '#infra/config.ts';
import { FactQueue } from '#infra/constructs/fact-queue.ts';
import { DeadLetterQueue } from '#infra/constructs/house-queue.ts';
import { HouseStack } from '#infra/constructs/house-stack.ts';
import { readQueue } from '#infra/constructs/queue-reader.ts';
import { RoomFunction } from '#infra/constructs/room-function.ts';
import { RoomSchedules } from '#infra/constructs/room-schedules.ts';
import { readStream } from '#infra/constructs/stream-reader.ts';
import { TracingPolicy } from '#infra/constructs/tracing-policy.ts';
import type { FunctionsProps } from './api.ts';

/** What runs without being asked over HTTP: the clock's jobs, the queues' readers, the journal's subscribers. */
export class JobsStack extends HouseStack {
  readonly functions: ReadonlyMap<string, RoomFunction>;
  readonly failures: DeadLetterQueue;
  readonly factQueues: readonly FactQueue[];

  constructor(
    scope: Construct,
    stage: Stage,
    { keys, resources, entries, codeOf }: FunctionsProps,
  ) {
    super(scope, 'jobs', stage);
    this.failures = new DeadLetterQueue(this, 'failures', { key: keys.messages });
    const tracing = new TracingPolicy(this, 'tracing');
    const around = { stage, keys, resources, tracing, codeOf, failures: this.failures };
    const started = entries.filter(
      ({ isAuthorizer, routes }) => !isAuthorizer && routes.length === 0,
    );
    this.functions = new Map(
      started.map((entry) => [entry.id, new RoomFunction(this, entry, around)]),
    );
    const schedules = new RoomSchedules(this, 'schedules', { keys, failures: this.failures });
    const factQueues: FactQueue[] = [];
    for (const reader of this.functions.values()) {
      for (const job of reader.entry.schedules) schedules.start(reader, job);
      for (const { queue, batchSize, maxConcurrency } of reader.entry.queues) {
        readQueue(reader, queue, {
          queue: resources.queues[queue],
          keys,
          batchSize,
          maxConcurrency,
        });
      }
      for (const subscriber of reader.entry.subscribers) {
        if (subscriber.kind === 'stream') {
          readStream(reader, subscriber, {
            table: resources.tables.JOURNAL_TABLE,
            keys,
            failures: this.failures,
          });
        } else {
          factQueues.push(
            new FactQueue(this, `${reader.entry.id}-${subscriber.name}`, {
              reader,
              subscriber,
              keys,
              bus: resources.bus,
            }),
          );
        }
      }
    }
    this.factQueues = factQueues;
  }
}

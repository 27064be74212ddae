import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { AwsCallFailed, type AwsJson, outputOf } from '#infra/local/door/aws-json.ts';
import type { Outcome } from '#infra/local/lambda/function.ts';
import type { Mapping } from '#infra/local/template/inventory.ts';
import type { Positions } from './positions.ts';
import { deliverInOrder, StreamRecord } from './stream-batch.ts';
import { createWindows } from './stream-window.ts';

const Described = z.looseObject({
  StreamDescription: z.looseObject({ Shards: z.array(z.looseObject({ ShardId: z.string() })) }),
});
const Iterator = z.looseObject({ ShardIterator: z.string() });
const Records = z.looseObject({
  Records: z.array(StreamRecord),
  NextShardIterator: z.string().nullish(),
});

export interface StreamPollerSettings {
  readonly mapping: Mapping;
  readonly region: string;
  /** DynamoDB Streams through the door, as the function itself. */
  readonly streams: AwsJson;
  readonly positions: Positions;
  readonly invoke: (event: unknown) => Promise<Outcome>;
  readonly giveUp: (body: unknown) => Promise<void>;
  readonly now: () => number;
  /** Counts writes to any table: what was read after the last one is all there is. */
  readonly writes: () => number;
  readonly complain: (what: string) => void;
}

export interface StreamPoller {
  readonly busy: () => number;
  /** Whether every shard was read to its end after the last write. */
  readonly caughtUp: () => boolean;
  /** Something was written: look now. */
  wake(): void;
  stop(): void;
}

/** Longest time between two looks when nothing was announced. */
const restMs = 1000;

/** Lambda's reader of a table's stream: shard by shard in order, from where it stood before. */
export function pollStream(settings: StreamPollerSettings): StreamPoller {
  const { mapping, complain } = settings;
  let stopped = false;
  let busy = 0;
  let awake = new AbortController();
  const readUpTo = new Map<string, number>();
  const shards = new Set<string>();

  async function call<T>(schema: z.ZodType<T>, operation: string, input: unknown): Promise<T> {
    return outputOf(schema, await settings.streams(`DynamoDBStreams_20120810.${operation}`, input));
  }

  async function findShards(): Promise<void> {
    const { StreamDescription } = await call(Described, 'DescribeStream', {
      StreamArn: mapping.sourceArn,
    });
    for (const { ShardId } of StreamDescription.Shards) {
      if (shards.has(ShardId)) continue;
      shards.add(ShardId);
      void untilStopped(() => readShard(ShardId));
    }
  }

  /** Whatever goes wrong (a refused right, DynamoDB gone) is said and tried again. */
  async function untilStopped(work: () => Promise<void>): Promise<void> {
    while (!stopped) {
      try {
        return await work();
      } catch (cause) {
        // DynamoDB Local trims iterators of its own accord; the place is kept by sequence number.
        const trimmed =
          cause instanceof AwsCallFailed && cause.code === 'TrimmedDataAccessException';
        if (!stopped && !trimmed) complain(`${mapping.id}: ${String(cause)}`);
        if (!stopped) await wait(trimmed ? 50 : restMs);
      }
    }
  }

  async function iteratorOf(ShardId: string): Promise<string> {
    const after = settings.positions.get(ShardId);
    const from = { StreamArn: mapping.sourceArn, ShardId };
    const start = { ...from, ShardIteratorType: mapping.startingPosition };
    if (after === undefined) return (await call(Iterator, 'GetShardIterator', start)).ShardIterator;
    const place = { ...from, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
    try {
      return (await call(Iterator, 'GetShardIterator', place)).ShardIterator;
    } catch (cause) {
      // The place was trimmed away: what is left of the shard begins at its horizon.
      if (!(cause instanceof AwsCallFailed) || cause.code !== 'TrimmedDataAccessException')
        throw cause;
      return (await call(Iterator, 'GetShardIterator', start)).ShardIterator;
    }
  }

  async function readShard(shardId: string): Promise<void> {
    const { windowSeconds: seconds, sourceArn } = mapping;
    const windows =
      seconds === 0 ? undefined : createWindows({ ...settings, seconds, shardId, sourceArn });
    let iterator: string | null | undefined = await iteratorOf(shardId);
    while (!stopped && iterator != null) {
      const writes = settings.writes();
      const page: z.infer<typeof Records> = await call(Records, 'GetRecords', {
        ShardIterator: iterator,
        Limit: Math.min(1000, mapping.batchSize),
      });
      if (page.Records.length > 0) await deliver(shardId, page.Records, windows);
      else readUpTo.set(shardId, writes);
      iterator = page.NextShardIterator;
      await windows?.closeEnded();
      if (page.Records.length === 0 && settings.writes() === writes) await rest();
    }
    // A closed shard has children.
    readUpTo.set(shardId, Number.POSITIVE_INFINITY);
    if (!stopped) await findShards();
  }

  async function deliver(
    shardId: string,
    records: readonly StreamRecord[],
    windows: ReturnType<typeof createWindows> | undefined,
  ): Promise<void> {
    busy += 1;
    try {
      await deliverInOrder(records, {
        mapping,
        invoke: (part) => {
          const shaped = part.map((record) => recordOf(record, settings));
          return windows === undefined
            ? settings.invoke({ Records: shaped })
            : windows.deliver(shaped);
        },
        done: (last) => settings.positions.set(shardId, last.dynamodb.SequenceNumber),
        giveUp: (left, outcome) => settings.giveUp(failureOf(left, { shardId, outcome, settings })),
        stopped: () => stopped,
        complain,
      });
    } finally {
      busy -= 1;
    }
  }

  async function rest(): Promise<void> {
    awake = new AbortController();
    await wait(restMs, undefined, { signal: awake.signal }).catch(() => undefined);
  }

  void untilStopped(findShards);
  return {
    busy: () => busy,
    caughtUp: () =>
      shards.size > 0 &&
      busy === 0 &&
      [...shards].every((id) => (readUpTo.get(id) ?? -1) >= settings.writes()),
    wake: () => awake.abort(),
    stop() {
      stopped = true;
      awake.abort();
    },
  };
}

/** As Lambda shows it. The creation time is world time of the reading: DynamoDB Local's own is the machine's. */
function recordOf(record: StreamRecord, { mapping, region, now }: StreamPollerSettings): unknown {
  return {
    ...record,
    awsRegion: region,
    eventSource: 'aws:dynamodb',
    eventSourceARN: mapping.sourceArn,
    dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: Math.floor(now() / 1000) },
  };
}

function failureOf(
  records: readonly StreamRecord[],
  told: { shardId: string; outcome: Outcome; settings: StreamPollerSettings },
): unknown {
  const { shardId, outcome, settings } = told;
  return {
    version: '1.0',
    timestamp: new Date(settings.now()).toISOString(),
    requestContext: {
      functionArn: settings.mapping.functionArn,
      condition: 'RetryAttemptsExhausted',
    },
    responseContext: { functionError: outcome.ok ? undefined : outcome.error.errorType },
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
      batchSize: records.length,
      streamArn: settings.mapping.sourceArn,
    },
  };
}

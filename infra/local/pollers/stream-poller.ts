import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { AwsCallFailed, type AwsJson, outputOf } from '#infra/local/door/aws-json.ts';
import type { Outcome } from '#infra/local/lambda/function.ts';
import type { Mapping } from '#infra/local/template/inventory.ts';
import type { Positions } from './positions.ts';
import { deliverInOrder, StreamRecord } from './stream-batch.ts';
import { createWindows } from './stream-window.ts';

const Described = z.looseObject({
  StreamDescription: z.looseObject({
    Shards: z.array(z.looseObject({ ShardId: z.string(), ParentShardId: z.string().optional() })),
  }),
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
/** A shard lives four hours in DynamoDB Local, a table that grows splits its own: new ones are looked for (ms). */
const findShardsEveryMs = 5000;
/** The place of an iterator is no longer there, or the iterator was kept too long. */
const lostPlace = new Set(['TrimmedDataAccessException', 'ExpiredIteratorException']);

/** Lambda's reader of a table's stream: shard by shard in order, from where it stood before. */
export function pollStream(settings: StreamPollerSettings): StreamPoller {
  const { mapping, complain } = settings;
  let stopped = false;
  let busy = 0;
  let awake = new AbortController();
  const readUpTo = new Map<string, number>();
  const shards = new Set<string>();
  const finished = new Set<string>();

  async function call<T>(schema: z.ZodType<T>, operation: string, input: unknown): Promise<T> {
    return outputOf(schema, await settings.streams(`DynamoDBStreams_20120810.${operation}`, input));
  }

  async function findShards(): Promise<void> {
    const { StreamDescription } = await call(Described, 'DescribeStream', {
      StreamArn: mapping.sourceArn,
    });
    const listed = new Set(StreamDescription.Shards.map(({ ShardId }) => ShardId));
    for (const { ShardId, ParentShardId: parent = '' } of StreamDescription.Shards) {
      // A child goes on where its parent ended, so it has to wait for it.
      if (shards.has(ShardId) || (listed.has(parent) && !finished.has(parent))) continue;
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
    if (after === undefined) return iteratorAt(ShardId, mapping.startingPosition);
    try {
      return await iteratorAt(ShardId, 'AFTER_SEQUENCE_NUMBER', after);
    } catch (cause) {
      if (!(cause instanceof AwsCallFailed) || !lostPlace.has(cause.code)) throw cause;
      return horizonOf(ShardId);
    }
  }

  /**
   * Where a reader goes on whose place was trimmed away: at what is left of the shard. On AWS this is
   * after a day behind; DynamoDB Local also says so of an iterator that was taken while the shard was
   * empty, when a cancelled transaction used up a number before the first record came.
   */
  const horizonOf = (ShardId: string) => iteratorAt(ShardId, 'TRIM_HORIZON');

  async function iteratorAt(ShardId: string, type: string, after?: string): Promise<string> {
    const place = { ShardIteratorType: type, ...(after ? { SequenceNumber: after } : {}) };
    const asked = { StreamArn: mapping.sourceArn, ShardId, ...place };
    return (await call(Iterator, 'GetShardIterator', asked)).ShardIterator;
  }

  async function readShard(shardId: string): Promise<void> {
    const { windowSeconds: seconds, sourceArn } = mapping;
    const windows =
      seconds === 0 ? undefined : createWindows({ ...settings, seconds, shardId, sourceArn });
    let iterator: string | null | undefined = await iteratorOf(shardId);
    while (!stopped && iterator != null) {
      const writes = settings.writes();
      const page: z.infer<typeof Records> | string = await recordsAt(iterator);
      if (typeof page === 'string') {
        await rest();
        iterator = await (page === 'ExpiredIteratorException' ? iteratorOf : horizonOf)(shardId);
        continue;
      }
      if (page.Records.length > 0) await deliver(shardId, page.Records, windows);
      else readUpTo.set(shardId, writes);
      iterator = page.NextShardIterator;
      await windows?.closeEnded();
      if (page.Records.length === 0 && settings.writes() === writes) await rest();
    }
    // A closed shard has children.
    finished.add(shardId);
    if (!stopped) await findShards();
    readUpTo.set(shardId, Number.POSITIVE_INFINITY);
  }

  /** A page of records, or why the iterator is of no use any more. */
  async function recordsAt(ShardIterator: string): Promise<z.infer<typeof Records> | string> {
    const Limit = Math.min(1000, mapping.batchSize);
    try {
      return await call(Records, 'GetRecords', { ShardIterator, Limit });
    } catch (cause) {
      if (cause instanceof AwsCallFailed && lostPlace.has(cause.code)) return cause.code;
      throw cause;
    }
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
  const looking = setInterval(() => {
    void findShards().catch((cause: unknown) => stopped || complain(`${mapping.id}: ${cause}`));
  }, findShardsEveryMs);
  return {
    busy: () => busy,
    caughtUp: () =>
      shards.size > 0 &&
      busy === 0 &&
      [...shards].every((id) => (readUpTo.get(id) ?? -1) >= settings.writes()),
    wake: () => awake.abort(),
    stop() {
      stopped = true;
      clearInterval(looking);
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

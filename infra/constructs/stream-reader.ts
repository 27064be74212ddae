import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Named } from '#infra/entries.ts';
import type { Keys } from '#infra/resources.ts';
import type { Subscriber } from '#shared/journal/subscriber.ts';
import type { DeadLetterQueue } from './house-queue.ts';
import type { RoomFunction } from './room-function.ts';

export interface StreamReading {
  readonly table: Table;
  readonly keys: Keys;
  readonly failures: DeadLetterQueue;
}

/**
 * Lets a function read a table's stream in order. A batch that fails is halved and comes again until it
 * passes; the alarm on its age calls somebody. Lines that nobody can read the reader itself sets aside.
 */
export function readStream(
  reader: RoomFunction,
  subscriber: Named<Subscriber>,
  reading: StreamReading,
): void {
  const { table, keys, failures } = reading;
  const streamArn = table.tableStreamArn;
  if (!streamArn) throw new Error(`${reader.entry.id} reads the stream of a table that has none.`);
  reader.mayAlso(
    [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    streamArn,
  );
  reader.mayAlso(['kms:Decrypt'], keys.records.keyArn);
  const windowed = subscriber.windowSeconds !== undefined;
  const mapping = new CfnEventSourceMapping(reader, `reads-${subscriber.name}`, {
    functionName: reader.functionName,
    eventSourceArn: streamArn,
    startingPosition: 'TRIM_HORIZON',
    batchSize: subscriber.batchSize,
    maximumBatchingWindowInSeconds: 1,
    // For ever: a line that was given up would be missing in the counters and on the bus for good.
    maximumRetryAttempts: -1,
    bisectBatchOnFunctionError: true,
    destinationConfig: { onFailure: { destination: failures.queueArn } },
    // With a window the event names its shard, by which a reader can keep its place.
    ...(windowed
      ? { tumblingWindowInSeconds: subscriber.windowSeconds }
      : { functionResponseTypes: ['ReportBatchItemFailures'] }),
  });
  mapping.node.addDependency(reader.policy);
}

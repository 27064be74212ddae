import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Keys } from '#infra/resources.ts';
import { acknowledge } from './acknowledge.ts';
import type { RoomFunction } from './room-function.ts';

export interface QueueReading {
  readonly queue: IQueue;
  readonly keys: Keys;
  readonly batchSize: number;
  readonly maxConcurrency: number;
}

/** Lets a function read a queue; it names the messages that failed, and only those come back. */
export function readQueue(reader: RoomFunction, id: string, reading: QueueReading): void {
  const { queue, keys, batchSize, maxConcurrency } = reading;
  reader.mayAlso(
    ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    queue.queueArn,
  );
  reader.mayAlso(['kms:Decrypt'], keys.messages.keyArn);
  const mapping = new CfnEventSourceMapping(reader, `reads-${id}`, {
    functionName: reader.functionName,
    eventSourceArn: queue.queueArn,
    batchSize,
    // SQS takes no limit below two.
    scalingConfig: { maximumConcurrency: Math.max(2, maxConcurrency) },
    functionResponseTypes: ['ReportBatchItemFailures'],
  });
  acknowledge(
    mapping,
    ['Serverless-LambdaEventSourceMappingDestination'],
    'SQS mappings know no destination: the redrive policy of the queue keeps what fails.',
  );
  // The service checks the role when the mapping is made.
  mapping.node.addDependency(reader.policy);
}

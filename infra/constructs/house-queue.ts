import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** What could not be handled waits here, two weeks, for somebody who is told by an alarm. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      this,
      ['Serverless-SQSRedrivePolicy'],
      'This is where failures end: it has an alarm on its first message instead of a further queue.',
    );
  }
}

export interface HouseQueueProps {
  readonly key: IKey;
  /** Time-out of the function that reads it: a message stays hidden six times as long. */
  readonly readerSeconds: number;
}

/** A queue with its dead-letter queue: five attempts, then it is somebody's task. */
export class HouseQueue extends Queue {
  readonly dead: DeadLetterQueue;

  constructor(scope: Construct, id: string, { key, readerSeconds }: HouseQueueProps) {
    const dead = new DeadLetterQueue(scope, `${id}_DEAD`, { key });
    super(scope, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(6 * readerSeconds),
      retentionPeriod: Duration.days(7),
      removalPolicy: RemovalPolicy.RETAIN,
      deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
    });
    this.dead = dead;
  }
}

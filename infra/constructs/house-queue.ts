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
  /** Time-out of the function that reads it: a message stays hidden longer than that. */
  readonly readerSeconds: number;
}

/** How long a message that keeps failing is tried before it is somebody's task, in seconds. */
const triedSeconds = 3600;

/**
 * A message is hidden six times its reader's time-out, as AWS advises, where that is minutes; a slow
 * reader's a fifth longer than it takes. Five attempts at least fail, over an hour, before it is given up.
 */
export function attemptsOf(readerSeconds: number): { hiddenSeconds: number; attempts: number } {
  const hiddenSeconds = Math.min(6 * readerSeconds, Math.max(720, Math.ceil(1.2 * readerSeconds)));
  return { hiddenSeconds, attempts: Math.max(5, Math.ceil(triedSeconds / hiddenSeconds)) + 1 };
}

/** A queue with its dead-letter queue: tried for about an hour, then it is somebody's task. */
export class HouseQueue extends Queue {
  readonly dead: DeadLetterQueue;

  constructor(scope: Construct, id: string, { key, readerSeconds }: HouseQueueProps) {
    const { hiddenSeconds, attempts } = attemptsOf(readerSeconds);
    const dead = new DeadLetterQueue(scope, `${id}_DEAD`, { key });
    super(scope, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(hiddenSeconds),
      retentionPeriod: Duration.days(7),
      removalPolicy: RemovalPolicy.RETAIN,
      deadLetterQueue: { queue: dead, maxReceiveCount: attempts },
    });
    this.dead = dead;
  }
}

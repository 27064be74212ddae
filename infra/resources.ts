import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { ConfigurationSet, EmailIdentity } from 'aws-cdk-lib/aws-ses';
import type { BucketName, KeyName, QueueName, TableName } from '#shared/resources.ts';
import type { HouseQueue } from './constructs/house-queue.ts';
import type { RoomTable } from './constructs/room-table.ts';
import type { SealedBucket } from './constructs/sealed-bucket.ts';
import type { TextSender } from './constructs/text-sender.ts';

/** The keys by what lies under them. */
export interface Keys {
  /** Tables. */
  readonly records: Key;
  /** Buckets. */
  readonly files: Key;
  /** Queues, topics and the bus. Not the buckets' key: an announcement would tie the two in a circle. */
  readonly messages: Key;
  readonly logs: Key;
  /** Keys that rooms use by name. */
  readonly named: Readonly<Record<KeyName, Key>>;
}

/** What rooms may name in their rights. */
export interface Resources {
  readonly tables: Readonly<Record<TableName, RoomTable>>;
  readonly buckets: Readonly<Record<BucketName, SealedBucket>>;
  readonly queues: Readonly<Record<QueueName, HouseQueue>>;
  readonly bus: EventBus;
  readonly mail: { readonly identity: EmailIdentity; readonly configurationSet: ConfigurationSet };
  readonly sms: TextSender;
}

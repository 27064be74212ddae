import type { BucketName, QueueName } from '../resources.ts';
import type { Rights } from '../rights.ts';

interface Entry {
  /** The Lambda of the room: `handler-<entry>.ts`. Entries of one name share one Lambda. */
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMb?: number;
  readonly rights: Rights;
}

/** Started by the clock. The event is `{ "job": <its name in the declaration>, "scheduledAt": ISO }`. */
export interface ScheduledJob extends Entry {
  readonly kind: 'schedule';
  /** The six fields of EventBridge Scheduler's `cron(...)`, without the word; read in Europe/Paris. Never between 02:00 and 03:00. */
  readonly cron: string;
}

/** Fed by a queue: SQS batches with partial failures reported. The queue's dead-letter queue and alarm come with it. */
export interface QueueJob extends Entry {
  readonly kind: 'queue';
  readonly queue: QueueName;
  readonly batchSize: number;
  readonly maxConcurrency: number;
}

/** Objects created under a prefix of a bucket are announced (EventBridge rule) on a queue. */
export interface BucketEvent {
  readonly kind: 'bucket';
  readonly bucket: BucketName;
  readonly prefix: string;
  readonly queue: QueueName;
}

export type Job = ScheduledJob | QueueJob | BucketEvent;
export type Jobs = Readonly<Record<string, Job>>;

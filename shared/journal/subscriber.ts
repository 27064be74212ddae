import type { Rights } from '../rights.ts';

/**
 * An entry that answers facts of the journal.
 * `bus`: the relay puts each line's reference on the house bus; a rule filters by action, a queue
 * with its dead-letter queue buffers, the entry gets SQS batches (at least once, any order).
 * `bounces`: mails that a mail service further on gave back for good, of those that carry a tag
 * (`sendMail`): the entry gets the tags alone, so no address enters the queue.
 * `stream`: reads the journal's stream itself, in order per shard, with `shardId` in the event
 * when it asks for a tumbling window. DynamoDB allows two such readers: the relay and the statistics.
 */
export interface Subscriber {
  readonly kind: 'bus' | 'bounces' | 'stream';
  /** The Lambda of the room: `handler-<entry>.ts`. */
  readonly entry: string;
  /** Journal actions answered (`enrolment/burn-code`); for `stream` every line is delivered; for `bounces` the tag's name. */
  readonly actions: readonly string[];
  /** `bounces` only: also mails that their receiver declared unwanted. */
  readonly complaints?: true;
  /** `bounces` only: also text messages that carry the tag and reached nobody. */
  readonly texts?: true;
  readonly batchSize: number;
  /** Of a queue: batches in hand at once; five unless said. */
  readonly maxConcurrency?: number;
  readonly timeoutSeconds: number;
  /** `stream` only: a tumbling window, which puts `shardId` into the event and takes the reporting of single failures away. */
  readonly windowSeconds?: number;
  readonly rights: Rights;
}

export type Subscribers = Readonly<Record<string, Subscriber>>;

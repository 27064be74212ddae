import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Named } from '#infra/entries.ts';
import type { Keys } from '#infra/resources.ts';
import type { Subscriber } from '#shared/journal/subscriber.ts';
import { HouseQueue } from './house-queue.ts';
import { readQueue } from './queue-reader.ts';
import { QueuedRule } from './queued-rule.ts';
import type { RoomFunction } from './room-function.ts';

export interface FactQueueProps {
  readonly reader: RoomFunction;
  readonly subscriber: Named<Subscriber>;
  readonly keys: Keys;
  readonly bus: EventBus;
}

/** Batches of facts that one reader has in hand at once, unless it says otherwise. */
const defaultConcurrency = 5;

/** Bounces for good of mails that carry the tag. */
const bounced = (tag: string) => ({
  source: ['aws.ses'],
  'detail-type': ['Email Bounced'],
  detail: { bounce: { bounceType: ['Permanent'] }, mail: { tags: { [tag]: [{ exists: true }] } } },
});

/** Mails that carry the tag and were declared unwanted by who got them. */
const complained = (tag: string) => ({
  source: ['aws.ses'],
  'detail-type': ['Email Complaint Received'],
  detail: { mail: { tags: { [tag]: [{ exists: true }] } } },
});

/** What a telephone or its network says of a text message for good. */
const failedText = (tag: string) => ({
  source: ['aws.sms-voice'],
  'detail-type': ['Text Message Delivery Status Updated'],
  detail: {
    eventType: [
      'TEXT_BLOCKED',
      'TEXT_CARRIER_BLOCKED',
      'TEXT_INVALID',
      'TEXT_TTL_EXPIRED',
      'TEXT_UNREACHABLE',
    ],
    context: { [tag]: [{ exists: true }] },
  },
});

/** Facts of the journal, or bounces, that a room answers: a rule on their bus, a queue, its reader. */
export class FactQueue extends HouseQueue {
  constructor(scope: Construct, id: string, { reader, subscriber, keys, bus }: FactQueueProps) {
    super(scope, id, { key: keys.messages, readerSeconds: subscriber.timeoutSeconds });
    const { kind, actions } = subscriber;
    const [tag = ''] = actions;
    const rule =
      kind === 'bounces'
        ? // An event of the mail service holds the address; the tags of ours do not.
          { pattern: bounced(tag), inputPath: '$.detail.mail.tags' }
        : {
            busName: bus.eventBusName,
            pattern: { source: ['mes.journal'], 'detail-type': actions },
          };
    new QueuedRule(this, 'rule', {
      description: `What ${reader.entry.id} answers`,
      ...rule,
      queue: this,
    });
    if (subscriber.complaints)
      new QueuedRule(this, 'complaints', {
        description: `Mails declared unwanted, of ${reader.entry.id}`,
        pattern: complained(tag),
        inputPath: '$.detail.mail.tags',
        queue: this,
      });
    if (subscriber.texts)
      new QueuedRule(this, 'texts', {
        description: `Text messages that reached nobody, of ${reader.entry.id}`,
        pattern: failedText(tag),
        inputPath: '$.detail.context',
        queue: this,
      });
    readQueue(reader, id, {
      queue: this,
      keys,
      batchSize: subscriber.batchSize,
      maxConcurrency: subscriber.maxConcurrency ?? defaultConcurrency,
    });
  }
}

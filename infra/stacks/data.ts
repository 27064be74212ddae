import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Stage } from '#infra/config.ts';
import { AccessLogBucket } from '#infra/constructs/access-log-bucket.ts';
import { HouseQueue } from '#infra/constructs/house-queue.ts';
import { HouseStack } from '#infra/constructs/house-stack.ts';
import { MailIdentity } from '#infra/constructs/mail-identity.ts';
import { QueuedRule } from '#infra/constructs/queued-rule.ts';
import { RoomTable } from '#infra/constructs/room-table.ts';
import { SealedBucket } from '#infra/constructs/sealed-bucket.ts';
import { TextSender } from '#infra/constructs/text-sender.ts';
import { bucketEventsOf, type Entry } from '#infra/entries.ts';
import type { Keys, Resources } from '#infra/resources.ts';
import type { QueueName } from '#shared/resources.ts';

/** Tables, buckets, queues, the bus and the mail identity: what must outlive every deployment. */
export class DataStack extends HouseStack {
  readonly resources: Resources;

  constructor(
    scope: Construct,
    stage: Stage,
    { keys, entries }: { keys: Keys; entries: readonly Entry[] },
  ) {
    super(scope, 'data', stage);
    const key = keys.records;
    const queue = (name: QueueName) =>
      new HouseQueue(this, name, {
        key: keys.messages,
        readerSeconds: readerSeconds(entries, name),
      });
    const accessLogs = new AccessLogBucket(this, 'access-logs');
    this.resources = {
      tables: {
        ENROLMENT_TABLE: new RoomTable(this, 'ENROLMENT_TABLE', {
          key,
          expiry: 'expiresAt',
          indexes: {
            due: {
              partitionKey: 'duePk',
              sortKey: 'dueSk',
              carries: [
                'status',
                'version',
                'headSeq',
                'headHash',
                'department',
                'wave',
                'deadlineAt',
                'informBy',
                'byText',
                'cohort',
                'adultOn',
              ],
            },
          },
        }),
        DOCUMENTS_TABLE: new RoomTable(this, 'DOCUMENTS_TABLE', { key }),
        JOURNAL_TABLE: new RoomTable(this, 'JOURNAL_TABLE', { key, stream: true }),
        // Which account is whose, confirmed addresses, activations under way.
        IDENTITY_TABLE: new RoomTable(this, 'IDENTITY_TABLE', { key, expiry: 'expiresAt' }),
        // The shortest window there is: a destroyed branch key must not come back from a restore.
        KEYS_TABLE: new RoomTable(this, 'KEYS_TABLE', {
          key,
          partitionKey: 'branch-key-id',
          sortKey: 'type',
          recoveryDays: 1,
        }),
        // What holders were told, and the letters to be printed: pseudonyms and words of ours only.
        NOTICES_TABLE: new RoomTable(this, 'NOTICES_TABLE', { key, expiry: 'expiresAt' }),
        STATISTICS_TABLE: new RoomTable(this, 'STATISTICS_TABLE', { key }),
      },
      buckets: {
        INTAKE_BUCKET: new SealedBucket(this, 'INTAKE_BUCKET', {
          key: keys.files,
          accessLogs,
          // Files of insured people are plain text: no longer than a failed import may need to be repaired.
          keepDays: { 'incoming/': 7, 'results/': 30 },
          replacedDays: 1,
        }),
        // What the print shop fetches, and what may have to be printed again until it is posted.
        LETTERS_BUCKET: new SealedBucket(this, 'LETTERS_BUCKET', {
          key: keys.files,
          accessLogs,
          keepDays: { 'batches/': 30, 'notices/': 30 },
          replacedDays: 1,
        }),
        // The DMPs of before, as their operator hands them over: in clear, so no longer than a failed move
        // may need to be repaired; he keeps his own copy until the receipt says that all has come.
        TRANSFER_BUCKET: new SealedBucket(this, 'TRANSFER_BUCKET', {
          key: keys.files,
          accessLogs,
          keepDays: { 'contents/': 7, 'manifests/': 7, 'receipts/': 90 },
          replacedDays: 1,
        }),
        // Documents stay until their holder's rights end them: whoever erases one deletes every version
        // of it by name. A version that vanished by itself could not be told from one that was erased.
        VAULT_BUCKET: new SealedBucket(this, 'VAULT_BUCKET', { key: keys.files, accessLogs }),
      },
      queues: {
        INTAKE_QUEUE: queue('INTAKE_QUEUE'),
        SENDING_QUEUE: queue('SENDING_QUEUE'),
        OPENING_QUEUE: queue('OPENING_QUEUE'),
        LETTERS_QUEUE: queue('LETTERS_QUEUE'),
        DELETION_QUEUE: queue('DELETION_QUEUE'),
        TRANSFER_QUEUE: queue('TRANSFER_QUEUE'),
      },
      bus: new EventBus(this, 'EVENT_BUS', {
        kmsKey: keys.messages,
        description: 'Facts of the journal',
      }),
      mail: new MailIdentity(this, 'mail', stage.mail),
      sms: new TextSender(this, 'sms', { ...stage.sms, stage: stage.name }),
    };
    this.announceObjects();
  }

  private announceObjects(): void {
    for (const { name, bucket, prefix, queue } of bucketEventsOf()) {
      new QueuedRule(this, name, {
        description: `New objects under ${prefix} of ${bucket}`,
        pattern: {
          source: ['aws.s3'],
          'detail-type': ['Object Created'],
          detail: {
            bucket: { name: [this.resources.buckets[bucket].bucketName] },
            object: { key: [{ prefix }] },
          },
        },
        queue: this.resources.queues[queue],
      });
    }
  }
}

/** Time-out of the slowest function that reads a queue. */
function readerSeconds(entries: readonly Entry[], name: QueueName): number {
  const readers = entries.filter(({ queues }) => queues.some(({ queue }) => queue === name));
  return Math.max(30, ...readers.map(({ timeoutSeconds }) => timeoutSeconds));
}

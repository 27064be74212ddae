import * as z from 'zod';
import { physicalName, type ResourceHandlers, saidName, uuidOf } from '../workshop.ts';

const QueueProperties = z.looseObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: z.coerce.number().optional(),
  DelaySeconds: z.coerce.number().optional(),
  MessageRetentionPeriod: z.coerce.number().optional(),
  ReceiveMessageWaitTimeSeconds: z.coerce.number().optional(),
  KmsMasterKeyId: z.string().optional(),
  FifoQueue: z.literal(false).optional(),
  RedrivePolicy: z
    .object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() })
    .optional(),
});

const BucketProperties = z.looseObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.looseObject({ Status: z.string() }).optional(),
  BucketEncryption: z
    .looseObject({
      ServerSideEncryptionConfiguration: z.array(
        z.looseObject({
          BucketKeyEnabled: z.boolean().optional(),
          ServerSideEncryptionByDefault: z
            .looseObject({ KMSMasterKeyID: z.string().optional() })
            .optional(),
        }),
      ),
    })
    .optional(),
});

const KeyProperties = z.looseObject({
  Description: z.string().optional(),
  KeySpec: z.enum(['SYMMETRIC_DEFAULT', 'ECC_NIST_P256']).optional(),
  KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY']).optional(),
});

const AliasProperties = z.looseObject({ AliasName: z.string(), TargetKeyId: z.string() });

/** Queues, buckets and keys: made in our own engines, which keep what they hold over starts. */
export const stores: ResourceHandlers = {
  'AWS::SQS::Queue': {
    uses: Object.keys(QueueProperties.shape),
    make(resource, { sqs, inventory }) {
      const wanted = QueueProperties.parse(resource.properties);
      const name = physicalName(resource, wanted.QueueName).slice(-80);
      const { url, arn } = sqs.createQueue({
        name,
        ...given('visibilityTimeoutSeconds', wanted.VisibilityTimeout),
        ...given('delaySeconds', wanted.DelaySeconds),
        ...given('retentionSeconds', wanted.MessageRetentionPeriod),
        ...given('receiveWaitSeconds', wanted.ReceiveMessageWaitTimeSeconds),
        ...(wanted.RedrivePolicy && {
          redrive: {
            deadLetterQueueArn: wanted.RedrivePolicy.deadLetterTargetArn,
            maxReceiveCount: wanted.RedrivePolicy.maxReceiveCount,
          },
        }),
      });
      inventory.queues.push({ name, arn, url, keyArn: wanted.KmsMasterKeyId });
      inventory.names.set(arn, saidName(resource.logicalId));
      return { ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
    },
  },
  'AWS::S3::Bucket': {
    uses: Object.keys(BucketProperties.shape),
    make(resource, { s3, inventory, account }) {
      const wanted = BucketProperties.parse(resource.properties);
      const made = `${physicalName(resource, undefined)}-${account}`.toLowerCase().slice(-63);
      const name = wanted.BucketName ?? made.replace(/^[^a-z0-9]+/, '');
      const arn = `arn:aws:s3:::${name}`;
      const [rule] = wanted.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
      const keyArn = rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
      s3.createBucket({
        name,
        versioned: wanted.VersioningConfiguration?.Status === 'Enabled',
        ...given('kmsKeyArn', keyArn),
        ...given('bucketKey', rule?.BucketKeyEnabled),
      });
      inventory.buckets.push({ name, arn, keyArn });
      inventory.names.set(arn, saidName(resource.logicalId));
      return {
        ref: name,
        attributes: {
          Arn: arn,
          DomainName: `${name}.s3.amazonaws.com`,
          RegionalDomainName: `${name}.s3.eu-west-3.amazonaws.com`,
        },
      };
    },
  },
  'AWS::KMS::Key': {
    // Not KeyPolicy: it names roles that name the key, and rights are judged by the roles alone.
    uses: Object.keys(KeyProperties.shape),
    make(resource, { kms, inventory }) {
      const { Description, KeySpec } = KeyProperties.parse(resource.properties);
      const id = uuidOf(resource.address);
      const arn = kms.createKey({
        id,
        ...given('description', Description),
        ...given('spec', KeySpec),
      });
      inventory.keyArns.push(arn);
      inventory.names.set(arn, saidName(resource.logicalId));
      return { ref: id, attributes: { Arn: arn, KeyId: id } };
    },
  },
  'AWS::KMS::Alias': {
    uses: Object.keys(AliasProperties.shape),
    make(resource) {
      // Code names keys by their ARN; an alias used in a call is refused by the engine.
      return { ref: AliasProperties.parse(resource.properties).AliasName, attributes: {} };
    },
  },
};

/** A field for a settings object, absent when its value is. */
function given<K extends string, V>(name: K, value: V | undefined): { [N in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [N in K]?: V });
}

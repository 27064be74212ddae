import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledge, replicationFindings } from './acknowledge.ts';

export interface SealedBucketProps {
  readonly key: IKey;
  readonly accessLogs: Bucket;
  /** Days after which objects go, by the prefix of their key; none goes by itself when left out. */
  readonly keepDays?: Readonly<Record<string, number>>;
  /** Days after which replaced and deleted versions go; they stay until deleted by name when left out. */
  readonly replacedDays?: number;
}

/** A private bucket: versioned, TLS only, under a key of ours, announced on EventBridge, kept by deployments. */
export class SealedBucket extends Bucket {
  constructor(scope: Construct, id: string, props: SealedBucketProps) {
    const { key, accessLogs, keepDays = {}, replacedDays } = props;
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // The CDK's own class and interface differ under exactOptionalPropertyTypes.
      serverAccessLogsBucket: accessLogs as IBucket,
      serverAccessLogsPrefix: `${id}/`,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        ...Object.entries(keepDays).map(([prefix, days]) => ({
          prefix,
          expiration: Duration.days(days),
        })),
        {
          ...(replacedDays === undefined
            ? {}
            : { noncurrentVersionExpiration: Duration.days(replacedDays) }),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    // Said in the template itself: the CDK's own switch deploys a helper function with rights of its own.
    const bucket = this.node.defaultChild;
    if (bucket instanceof CfnBucket) {
      bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    }
    acknowledge(
      this,
      replicationFindings,
      'Data stay in one French region: a copy would outlive its purpose, and bring erased content back.',
    );
  }
}

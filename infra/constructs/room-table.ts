import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TableName } from '#shared/resources.ts';
import { acknowledge } from './acknowledge.ts';

/** What differs from the house default (`pk` and `sk` strings, 35 days of point-in-time recovery). */
export interface TableShape {
  readonly partitionKey?: string;
  readonly sortKey?: string;
  /** Days that any second can be restored. */
  readonly recoveryDays?: number;
  /** Attribute with the epoch seconds at which an item may go. */
  readonly expiry?: string;
  /** New images in order, for stream subscribers. */
  readonly stream?: true;
  readonly indexes?: Readonly<Record<string, IndexShape>>;
}

interface IndexShape {
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly carries: readonly string[];
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** A table on demand under the records key, that no deployment can delete. */
export class RoomTable extends Table {
  constructor(scope: Construct, id: TableName, shape: TableShape & { readonly key: IKey }) {
    const {
      partitionKey = 'pk',
      sortKey = 'sk',
      recoveryDays = 35,
      expiry,
      stream,
      indexes = {},
    } = shape;
    super(scope, id, {
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: shape.key,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: recoveryDays,
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(expiry ? { timeToLiveAttribute: expiry } : {}),
      ...(stream ? { stream: StreamViewType.NEW_IMAGE } : {}),
    });
    for (const [indexName, index] of Object.entries(indexes)) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [...index.carries],
      });
    }
    acknowledge(
      this,
      ['HIPAA.Security-DynamoDBInBackupPlan', 'NIST.800.53.R5-DynamoDBInBackupPlan'],
      'Any second of the recovery window can be restored and nothing can delete the table; a copy elsewhere would bring an erased person back.',
    );
  }
}

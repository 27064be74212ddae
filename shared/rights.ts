import type { BucketName, IndexName, KeyName, QueueName, TableName } from './resources.ts';

/** Literal actions only: a transaction needs the actions of its parts, as in IAM. */
export type TableAction =
  | 'BatchGetItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';
/** Versions are listed on the bucket as a whole; they are deleted one by one, by name. */
export type BucketAction = 'DeleteObjectVersion' | 'GetObject' | 'ListBucketVersions' | 'PutObject';
export type QueueAction = 'SendMessage';
export type KeyAction =
  | 'Decrypt'
  | 'GenerateDataKey'
  | 'GenerateDataKeyWithoutPlaintext'
  | 'GetPublicKey'
  | 'ReEncryptFrom'
  | 'ReEncryptTo'
  | 'Sign';

/**
 * What an entry may do. Declared beside the route or job that needs it; the CDK app turns the union
 * over a function's entries into its role, with the rights that encryption implies added there
 * (a table, queue or bucket under a customer-managed key needs the key too).
 */
export interface Rights {
  readonly tables?: { readonly [T in TableName]?: readonly TableAction[] };
  /** `Query` on an index of a table. */
  readonly indexes?: { readonly [T in TableName]?: readonly IndexName[] };
  /** Object actions by key prefix ('' for the whole bucket). */
  readonly buckets?: {
    readonly [B in BucketName]?: readonly {
      readonly action: BucketAction;
      readonly prefix: string;
    }[];
  };
  readonly queues?: { readonly [Q in QueueName]?: readonly QueueAction[] };
  readonly keys?: { readonly [K in KeyName]?: readonly KeyAction[] };
  /** May send from the stage's mail identity (environment: MAIL_FROM, MAIL_CONFIGURATION_SET). */
  readonly mail?: true;
  /** May send text messages from the stage's senders (environment: SMS_FROM, SMS_CONFIGURATION_SET). */
  readonly sms?: true;
  /** May put events of its room on the house bus (environment: EVENT_BUS). */
  readonly events?: true;
  /** Reads who the issuers are (environment: ISSUERS). */
  readonly issuers?: true;
  /** Values of the stage configuration that the entry reads, as environment variables (`stage.parameters`). */
  readonly parameters?: readonly string[];
}

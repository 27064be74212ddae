/**
 * The names by which rooms ask for what they store in. Each is also the environment variable in
 * which a function finds the physical name; the CDK app defines one construct for each.
 */
export const tableNames = [
  'DOCUMENTS_TABLE',
  'ENROLMENT_TABLE',
  'JOURNAL_TABLE',
  'IDENTITY_TABLE',
  'KEYS_TABLE',
  'NOTICES_TABLE',
  'STATISTICS_TABLE',
] as const;
export type TableName = (typeof tableNames)[number];

export const bucketNames = [
  'INTAKE_BUCKET',
  'LETTERS_BUCKET',
  'TRANSFER_BUCKET',
  'VAULT_BUCKET',
] as const;
export type BucketName = (typeof bucketNames)[number];

export const queueNames = [
  'INTAKE_QUEUE',
  'SENDING_QUEUE',
  'OPENING_QUEUE',
  'LETTERS_QUEUE',
  'DELETION_QUEUE',
  'TRANSFER_QUEUE',
] as const;
export type QueueName = (typeof queueNames)[number];

export const keyNames = ['IDENTITY_KEY', 'HOLDER_KEY', 'CERTIFICATE_KEY'] as const;
export type KeyName = (typeof keyNames)[number];

/** Secondary indexes, sparse; the data stack defines them. */
export type IndexName = 'due';

import type { Jobs } from '#shared/journal/job.ts';

export const jobs = {
  /** A manifest is the last object of a package: it announces the rest. */
  manifests: {
    kind: 'bucket',
    bucket: 'TRANSFER_BUCKET',
    prefix: 'manifests/',
    queue: 'TRANSFER_QUEUE',
  },
  /** Takes in a package, one DMP, from its checkpoint on. */
  transfer: {
    kind: 'queue',
    queue: 'TRANSFER_QUEUE',
    entry: 'transfer',
    batchSize: 1,
    maxConcurrency: 10,
    timeoutSeconds: 600,
    memoryMb: 1769,
    rights: {
      tables: {
        ENROLMENT_TABLE: ['ConditionCheckItem', 'GetItem'],
        DOCUMENTS_TABLE: ['ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'],
        JOURNAL_TABLE: ['PutItem', 'Query'],
        KEYS_TABLE: ['GetItem', 'PutItem'],
      },
      buckets: {
        TRANSFER_BUCKET: [
          { action: 'GetObject', prefix: 'manifests/' },
          { action: 'GetObject', prefix: 'contents/' },
          { action: 'PutObject', prefix: 'receipts/' },
        ],
        VAULT_BUCKET: [{ action: 'PutObject', prefix: '' }],
      },
      queues: { TRANSFER_QUEUE: ['SendMessage'] },
      keys: {
        IDENTITY_KEY: ['Decrypt'],
        HOLDER_KEY: ['Decrypt', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'],
      },
    },
  },
} as const satisfies Jobs;

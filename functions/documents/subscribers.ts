import type { Subscribers } from '#shared/journal/subscriber.ts';

/** A DMP is moved or archived: every document changes its place once. */
const settling = {
  kind: 'bus',
  entry: 'facts',
  batchSize: 1,
  maxConcurrency: 5,
  timeoutSeconds: 60,
  rights: {
    tables: {
      ENROLMENT_TABLE: ['GetItem'],
      DOCUMENTS_TABLE: ['DeleteItem', 'GetItem', 'PutItem', 'Query'],
      JOURNAL_TABLE: ['PutItem', 'Query'],
      KEYS_TABLE: ['GetItem'],
    },
    keys: { HOLDER_KEY: ['Decrypt'] },
  },
} as const;

export const subscribers = {
  /** A record is being deleted: its key is destroyed, then all that lies in the vault and in the table. */
  deletions: {
    kind: 'bus',
    entry: 'facts',
    actions: ['enrolment/begin-deletion'],
    // One record may hold hundreds of documents.
    batchSize: 1,
    maxConcurrency: 5,
    timeoutSeconds: 60,
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem'],
        DOCUMENTS_TABLE: ['DeleteItem', 'GetItem', 'PutItem', 'Query'],
        JOURNAL_TABLE: ['PutItem', 'Query'],
        KEYS_TABLE: ['DeleteItem', 'Query'],
      },
      buckets: {
        VAULT_BUCKET: [
          { action: 'ListBucketVersions', prefix: '' },
          { action: 'DeleteObjectVersion', prefix: '' },
        ],
      },
    },
  },
  /** Two records were merged, or a wrong merge was undone: documents follow, each resealed. */
  merges: {
    kind: 'bus',
    // Not that which destroys keys: who opens documents may not.
    entry: 'moves',
    actions: ['documents/note-late', 'enrolment/merge-record', 'enrolment/part-record'],
    batchSize: 1,
    maxConcurrency: 2,
    timeoutSeconds: 60,
    rights: {
      tables: {
        ENROLMENT_TABLE: ['ConditionCheckItem', 'GetItem'],
        DOCUMENTS_TABLE: ['DeleteItem', 'PutItem', 'Query'],
        JOURNAL_TABLE: ['PutItem', 'Query'],
        KEYS_TABLE: ['GetItem', 'PutItem'],
      },
      buckets: {
        VAULT_BUCKET: [
          { action: 'GetObject', prefix: '' },
          { action: 'PutObject', prefix: '' },
          { action: 'ListBucketVersions', prefix: '' },
          { action: 'DeleteObjectVersion', prefix: '' },
        ],
      },
      keys: {
        HOLDER_KEY: ['Decrypt', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'],
      },
    },
  },
  /** A night's openings come all at once, and few of them find a DMP: in a queue of their own. */
  openings: { ...settling, batchSize: 10, actions: ['enrolment/open'] },
  /** Whatever else may let a DMP move, or have it archived. */
  dmps: {
    ...settling,
    actions: [
      'documents/take-in-dmp',
      'enrolment/absorb-record',
      'enrolment/activate',
      'enrolment/correct-death',
      'enrolment/oppose',
      'enrolment/part-record',
      'enrolment/release-record',
      'enrolment/reopen',
      'enrolment/resume',
    ],
  },
} as const satisfies Subscribers;

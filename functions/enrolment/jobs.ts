import type { Jobs } from '#shared/journal/job.ts';
import { lettersRights } from './letters-rights.ts';

export const jobs = {
  incoming: {
    kind: 'bucket',
    bucket: 'INTAKE_BUCKET',
    prefix: 'incoming/',
    queue: 'INTAKE_QUEUE',
  },
  /** Reads a file of insured people or of updates, from its checkpoint on. */
  intake: {
    kind: 'queue',
    queue: 'INTAKE_QUEUE',
    entry: 'intake',
    batchSize: 1,
    maxConcurrency: 10,
    timeoutSeconds: 600,
    memoryMb: 1024,
    rights: {
      tables: {
        ENROLMENT_TABLE: [
          'BatchGetItem',
          'DeleteItem',
          'GetItem',
          'PutItem',
          'Query',
          'UpdateItem',
        ],
        IDENTITY_TABLE: ['DeleteItem', 'GetItem', 'PutItem'],
        JOURNAL_TABLE: ['PutItem'],
        KEYS_TABLE: ['GetItem', 'PutItem'],
      },
      buckets: {
        INTAKE_BUCKET: [
          { action: 'GetObject', prefix: 'incoming/' },
          { action: 'PutObject', prefix: 'results/' },
        ],
      },
      queues: { INTAKE_QUEUE: ['SendMessage'] },
      keys: {
        IDENTITY_KEY: [
          'Decrypt',
          'GenerateDataKey',
          'GenerateDataKeyWithoutPlaintext',
          'ReEncryptFrom',
          'ReEncryptTo',
        ],
      },
      parameters: ['DELETION_DELAYS', 'MAJORITY_AGE', 'MAJORITY_REMINDER_DAYS', 'SUSPENSION_DAYS'],
    },
  },
  /** Lists the waves that are due and not done; several times a day, so a missed run is caught up. */
  'start-sending': {
    kind: 'schedule',
    entry: 'clock',
    cron: '5 9,10,11,14,17 * * ? *',
    timeoutSeconds: 120,
    rights: {
      tables: { ENROLMENT_TABLE: ['Query', 'PutItem'], JOURNAL_TABLE: ['PutItem'] },
      indexes: { ENROLMENT_TABLE: ['due'] },
      queues: { SENDING_QUEUE: ['SendMessage'] },
    },
  },
  /** Lists the deadlines that have passed; the hours follow midnight in Paris, the Antilles and Polynesia. */
  'start-opening': {
    kind: 'schedule',
    entry: 'clock',
    cron: '15 0,1,4,5,6,12,16,20 * * ? *',
    timeoutSeconds: 120,
    rights: {
      tables: { ENROLMENT_TABLE: ['Query', 'PutItem'] },
      queues: { OPENING_QUEUE: ['SendMessage'] },
    },
  },
  /** Lists the deadlines of which the silent are reminded; by day, and several times, so a missed run is caught up. */
  'start-reminding': {
    kind: 'schedule',
    entry: 'clock',
    cron: '35 8,11,14,17 * * ? *',
    timeoutSeconds: 120,
    rights: {
      tables: { ENROLMENT_TABLE: ['Query'] },
      queues: { OPENING_QUEUE: ['SendMessage'] },
      parameters: ['REMINDER_DAYS'],
    },
  },
  /** Orders the letters of waves that were sent some days ago; daily, so that bounces that come later are in the next one. */
  'start-letters': {
    kind: 'schedule',
    entry: 'clock',
    cron: '45 6 * * ? *',
    timeoutSeconds: 120,
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem', 'PutItem', 'Query'], JOURNAL_TABLE: ['PutItem'] },
      indexes: { ENROLMENT_TABLE: ['due'] },
      parameters: ['LETTER_WAIT_DAYS'],
    },
  },
  /** Lists where a step of a majority or a deletion is due; four times a day, so a missed run is caught up. */
  'start-deletion': {
    kind: 'schedule',
    entry: 'clock',
    cron: '25 3,7,12,19 * * ? *',
    timeoutSeconds: 120,
    rights: {
      tables: { ENROLMENT_TABLE: ['BatchGetItem'] },
      indexes: { ENROLMENT_TABLE: ['due'] },
      queues: { DELETION_QUEUE: ['SendMessage'] },
    },
  },
  /** What is due of who comes of age, and of suspended, closed and dead people's records. */
  deletion: {
    kind: 'queue',
    queue: 'DELETION_QUEUE',
    entry: 'deletion',
    batchSize: 1,
    maxConcurrency: 4,
    timeoutSeconds: 600,
    rights: {
      tables: {
        ENROLMENT_TABLE: ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
        IDENTITY_TABLE: ['DeleteItem', 'GetItem'],
        JOURNAL_TABLE: ['PutItem', 'Query'],
        KEYS_TABLE: ['GetItem'],
      },
      indexes: { ENROLMENT_TABLE: ['due'] },
      keys: { IDENTITY_KEY: ['Decrypt'], CERTIFICATE_KEY: ['GetPublicKey', 'Sign'] },
      queues: { DELETION_QUEUE: ['SendMessage'] },
      mail: true,
      sms: true,
      parameters: ['DELETION_DELAYS'],
    },
  },
  /** Gives each person of a wave a code, a mail and a deadline. */
  sending: {
    kind: 'queue',
    queue: 'SENDING_QUEUE',
    entry: 'sending',
    batchSize: 1,
    maxConcurrency: 20,
    timeoutSeconds: 600,
    memoryMb: 1024,
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem', 'PutItem', 'UpdateItem'],
        JOURNAL_TABLE: ['PutItem'],
        KEYS_TABLE: ['GetItem'],
      },
      indexes: { ENROLMENT_TABLE: ['due'] },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      queues: { SENDING_QUEUE: ['SendMessage'] },
      mail: true,
      parameters: ['OBJECTION_DAYS', 'CODE_HASH', 'MAILS_PER_SECOND'],
    },
  },
  /** Opens the records whose deadline has passed without an objection; by day, reminds who is silent of his deadline. */
  opening: {
    kind: 'queue',
    queue: 'OPENING_QUEUE',
    entry: 'opening',
    batchSize: 1,
    maxConcurrency: 20,
    timeoutSeconds: 600,
    memoryMb: 1024,
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem', 'PutItem', 'UpdateItem'],
        JOURNAL_TABLE: ['PutItem'],
      },
      indexes: { ENROLMENT_TABLE: ['due'] },
      queues: { OPENING_QUEUE: ['SendMessage'] },
      parameters: ['TEXT_REMINDER_DAYS'],
    },
  },
  /** Goes on printing the letters of a département: a batch of 500 takes a code and a transaction each. */
  letters: {
    kind: 'queue',
    queue: 'LETTERS_QUEUE',
    entry: 'letters',
    batchSize: 1,
    maxConcurrency: 10,
    timeoutSeconds: 600,
    memoryMb: 1769,
    rights: lettersRights,
  },
} as const satisfies Jobs;

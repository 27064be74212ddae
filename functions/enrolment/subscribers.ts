import type { Subscribers } from '#shared/journal/subscriber.ts';
import { lettersRights } from './letters-rights.ts';

export const subscribers = {
  /** Tells the person of a blocked code, and makes and mails the new code that was asked for. */
  facts: {
    kind: 'bus',
    entry: 'facts',
    actions: ['enrolment/burn-code', 'enrolment/request-code'],
    // Each may be a hashing and a mail with its retries: few enough to be done in time.
    batchSize: 2,
    timeoutSeconds: 60,
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem', 'PutItem'],
        JOURNAL_TABLE: ['PutItem'],
        KEYS_TABLE: ['GetItem'],
        // A minor's code goes to no address that a guardian confirmed (MIN-4).
        IDENTITY_TABLE: ['GetItem'],
      },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      mail: true,
      sms: true,
      parameters: ['OBJECTION_DAYS', 'CODE_HASH'],
    },
  },
  /**
   * A DMP from before was taken in for somebody, or archived since he objects: his status knows it. A notice reached nobody: if
   * it was the reminder of a deletion, that waits for the letter.
   */
  told: {
    kind: 'bus',
    entry: 'facts',
    actions: ['documents/take-in-dmp', 'documents/archive-dmp', 'notices/tell-holder'],
    batchSize: 10,
    timeoutSeconds: 60,
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem', 'PutItem'],
        JOURNAL_TABLE: ['GetItem', 'PutItem'],
      },
      parameters: ['DELETION_DELAYS'],
    },
  },
  /** Mails with a code that were accepted and came back for good or were declared unwanted, and text messages that reached nobody: whom they were to inform is not informed. */
  bounces: {
    kind: 'bounces',
    entry: 'facts',
    actions: ['invitation'],
    complaints: true,
    texts: true,
    batchSize: 10,
    timeoutSeconds: 60,
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem', 'PutItem'], JOURNAL_TABLE: ['PutItem'] },
    },
  },
  /** Prints what was ordered, does what postings and returns of letters tell, and frees whom stopped waves left. */
  letters: {
    kind: 'bus',
    entry: 'letters',
    actions: [
      ...['enrolment/order-letters', 'enrolment/post-letters', 'enrolment/return-letters'],
      ...['enrolment/stop-wave', 'enrolment/plan-wave'],
    ],
    batchSize: 1,
    timeoutSeconds: 600,
    rights: lettersRights,
  },
} as const satisfies Subscribers;

import type { Subscribers } from '#shared/journal/subscriber.ts';

const tell = {
  kind: 'bus',
  entry: 'facts',
  batchSize: 10,
  maxConcurrency: 5,
  timeoutSeconds: 60,
  rights: {
    tables: {
      JOURNAL_TABLE: ['GetItem', 'PutItem', 'Query'],
      NOTICES_TABLE: ['GetItem', 'UpdateItem'],
      ENROLMENT_TABLE: ['GetItem'],
      IDENTITY_TABLE: ['GetItem'],
      KEYS_TABLE: ['GetItem'],
    },
    keys: { IDENTITY_KEY: ['Decrypt'] },
    mail: true,
    sms: true,
    parameters: ['MAILS_PER_SECOND', 'NOTICE_LETTER_DAYS', 'TEXTS_PER_SECOND'],
  },
} as const;

export const subscribers = {
  /** A night's openings and a day's reminders come all at once: in a queue of their own, so that nothing waits behind them. */
  openings: { ...tell, actions: ['enrolment/open', 'enrolment/remind-deadline'] },
  /** What a holder is told as it happens; and what the print shop told of letters. */
  facts: {
    ...tell,
    actions: [
      'enrolment/oppose',
      'enrolment/activate',
      'enrolment/relink',
      'enrolment/link-minor',
      'enrolment/close',
      'enrolment/request-deletion',
      'enrolment/remind-deletion',
      'enrolment/stop-deletion',
      'enrolment/reopen',
      'enrolment/suspend',
      'enrolment/object-to-suspension',
      'enrolment/resume',
      'enrolment/close-suspended',
      'enrolment/wish-closure',
      'enrolment/stop-closure',
      'enrolment/ask-closure',
      'enrolment/withdraw-closure',
      'enrolment/lapse-closure',
      'enrolment/invite-guardian',
      'enrolment/join-guardian',
      'enrolment/refuse-guardianship',
      'enrolment/withdraw-guardian',
      'enrolment/restore-guardian',
      'enrolment/remind-majority',
      'enrolment/come-of-age',
      'identity/first-sign-in',
      'enrolment/open-assisted-session',
      'documents/deposit-document',
      'documents/tell-mix-up',
      'enrolment/absorb-record',
      'enrolment/order-last-letter',
      'notices/post-letters',
      'notices/return-letters',
    ],
    rights: {
      ...tell.rights,
      tables: { ...tell.rights.tables, NOTICES_TABLE: ['GetItem', 'Query', 'UpdateItem'] },
    },
  },
  /** A record is being deleted: what its holder was told goes, too; and once more when it is done. */
  deletions: {
    ...tell,
    actions: ['enrolment/begin-deletion', 'enrolment/finish-deletion'],
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem'],
        JOURNAL_TABLE: ['PutItem', 'Query'],
        NOTICES_TABLE: ['DeleteItem', 'Query'],
      },
    },
  },
  /** Mails that were accepted and came back for good, and text messages that reached nobody: a letter goes instead. */
  bounces: { ...tell, kind: 'bounces', actions: ['notice'], texts: true },
} as const satisfies Subscribers;

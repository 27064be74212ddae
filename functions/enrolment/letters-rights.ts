/** What printing and posting takes, however it is started. */
export const lettersRights = {
  tables: {
    ENROLMENT_TABLE: [
      'BatchGetItem',
      'ConditionCheckItem',
      'GetItem',
      'PutItem',
      'Query',
      'UpdateItem',
    ],
    JOURNAL_TABLE: ['PutItem'],
    KEYS_TABLE: ['GetItem'],
  },
  indexes: { ENROLMENT_TABLE: ['due'] },
  keys: { IDENTITY_KEY: ['Decrypt'] },
  buckets: { LETTERS_BUCKET: [{ action: 'PutObject', prefix: 'batches/' }] },
  queues: { LETTERS_QUEUE: ['SendMessage'] },
  parameters: ['OBJECTION_DAYS', 'CODE_HASH', 'LETTER_PRINT_DAYS', 'LETTER_SENDER'],
} as const;

/** What judging an attempt with NIR, card and code takes, and what comes of it. */
export const decide = {
  tables: {
    ENROLMENT_TABLE: ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'],
    JOURNAL_TABLE: ['PutItem'],
  },
  keys: { IDENTITY_KEY: ['Decrypt'] },
  parameters: ['CODE_HASH', 'CODE_LIMITS'],
} as const;

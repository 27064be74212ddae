/** What judging an attempt with NIR, card and code takes, and what comes of it. */
export const decide = {
  tables: {
    ENROLMENT_TABLE: ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'],
    JOURNAL_TABLE: ['PutItem'],
  },
  keys: { IDENTITY_KEY: ['Decrypt'] },
  parameters: ['CODE_HASH', 'CODE_LIMITS'],
} as const;

/** What is done to the record of a person whom an agent names. */
export const naming = {
  tables: {
    ENROLMENT_TABLE: ['GetItem', 'PutItem', 'UpdateItem'],
    JOURNAL_TABLE: ['PutItem'],
  },
  keys: { IDENTITY_KEY: ['Decrypt'] },
} as const;

/** What the holder of a record decides about the whole of it. */
export const changingOwn = {
  tables: {
    ENROLMENT_TABLE: ['GetItem', 'PutItem'],
    IDENTITY_TABLE: ['GetItem'],
    JOURNAL_TABLE: ['PutItem'],
  },
  keys: { IDENTITY_KEY: ['Decrypt'] },
} as const;

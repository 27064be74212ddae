import * as z from 'zod';
import type { Routes } from '#shared/http/route.ts';
import { Page } from './schema.ts';
import {
  Batch,
  Batches,
  BatchName,
  LetterOrder,
  LetterRequest,
  LetterRequested,
  LettersOrdered,
  Manifest,
  PostingReport,
  Reported,
  ReturnReport,
} from './schema-letters.ts';

/** Letters: asked for by phone, ordered, printed, fetched, posted, come back. */
export const letterRoutes = {
  requestLetter: {
    method: 'POST',
    path: '/enrolment/agent-codes',
    summary:
      'Asks for a letter with a new provisional code, for a person who called, wrote or came: no code, but checks by the agent.',
    callers: ['agent'],
    body: LetterRequest,
    maxBytes: 2048,
    answers: { 202: LetterRequested },
    refusals: [
      'enrolment/role-required',
      'enrolment/checks-missing',
      'enrolment/agent-limit',
      'enrolment/unknown-person',
      'enrolment/card-mismatch',
      'enrolment/letter-under-way',
      'enrolment/too-soon',
    ],
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem', 'PutItem', 'UpdateItem'],
        JOURNAL_TABLE: ['PutItem'],
      },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      parameters: ['AGENT_OBJECTIONS_PER_HOUR', 'CODE_LIMITS'],
    },
  },
  orderLetters: {
    method: 'POST',
    path: '/enrolment/letter-orders',
    summary: 'Has the letters printed that are due in a département, or in all of a wave’s.',
    callers: ['agent'],
    body: LetterOrder,
    maxBytes: 256,
    answers: { 202: LettersOrdered },
    refusals: ['enrolment/role-required', 'enrolment/unknown-wave'],
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem', 'PutItem'], JOURNAL_TABLE: ['PutItem'] },
    },
  },
  listBatches: {
    method: 'GET',
    path: '/enrolment/letter-batches',
    summary: 'The batches of letters, latest first.',
    callers: ['agent'],
    query: Page,
    answers: { 200: Batches },
    refusals: ['enrolment/role-required'],
    rights: { tables: { ENROLMENT_TABLE: ['Query'] } },
  },
  readBatch: {
    method: 'GET',
    path: '/enrolment/letter-batches/{batch}',
    summary: 'One batch of letters: how far it is, how many, and the fingerprint of its sheets.',
    callers: ['agent'],
    parameters: BatchName,
    answers: { 200: Batch },
    refusals: ['enrolment/role-required', 'enrolment/unknown-batch'],
    rights: { tables: { ENROLMENT_TABLE: ['GetItem'] } },
  },
  readManifest: {
    method: 'GET',
    path: '/enrolment/letter-batches/{batch}/manifest',
    summary: 'Which reference stands on which sheet of a batch.',
    callers: ['agent'],
    stream: true,
    parameters: BatchName,
    answers: { 200: Manifest },
    refusals: [
      'enrolment/role-required',
      'enrolment/unknown-batch',
      'enrolment/batch-not-ready',
      'enrolment/batch-gone',
    ],
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem'] },
      buckets: { LETTERS_BUCKET: [{ action: 'GetObject', prefix: 'batches/' }] },
    },
  },
  readLetters: {
    method: 'GET',
    path: '/enrolment/letter-batches/{batch}/letters',
    summary: 'The sheets of a batch as one PDF, for the print shop alone.',
    callers: ['agent'],
    stream: true,
    parameters: BatchName,
    answers: { 200: z.unknown() },
    refusals: [
      'enrolment/role-required',
      'enrolment/unknown-batch',
      'enrolment/batch-not-ready',
      'enrolment/batch-gone',
    ],
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem'] },
      buckets: { LETTERS_BUCKET: [{ action: 'GetObject', prefix: 'batches/' }] },
    },
  },
  reportPosting: {
    method: 'POST',
    path: '/enrolment/letter-batches/{batch}/posting',
    summary:
      'Tells that a batch was posted, and what of it was not: from that day each person’s deadline runs.',
    callers: ['agent'],
    parameters: BatchName,
    body: PostingReport,
    maxBytes: 32_768,
    answers: { 202: Reported },
    refusals: [
      'enrolment/role-required',
      'enrolment/unknown-batch',
      'enrolment/batch-not-ready',
      'enrolment/already-posted',
      'enrolment/posted-in-the-future',
      'enrolment/posted-before-batch',
      'enrolment/unknown-reference',
    ],
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem', 'PutItem', 'Query'], JOURNAL_TABLE: ['PutItem'] },
    },
  },
  reportReturns: {
    method: 'POST',
    path: '/enrolment/letter-batches/{batch}/returns',
    summary:
      'Tells that letters of a batch came back: whom they were to inform is not informed, and no deadline runs.',
    callers: ['agent'],
    parameters: BatchName,
    body: ReturnReport,
    maxBytes: 65_536,
    answers: { 202: Reported },
    refusals: [
      'enrolment/role-required',
      'enrolment/unknown-batch',
      'enrolment/batch-not-ready',
      'enrolment/not-posted',
      'enrolment/unknown-reference',
      'enrolment/returned-in-the-future',
      'enrolment/returned-before-posting',
    ],
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem', 'PutItem', 'Query'], JOURNAL_TABLE: ['PutItem'] },
    },
  },
} as const satisfies Routes;

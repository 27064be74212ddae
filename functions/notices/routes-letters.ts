import * as z from 'zod';
import type { Routes } from '#shared/http/route.ts';
import {
  Batch,
  Batches,
  BatchesQuery,
  BatchName,
  Manifest,
  PostingReport,
  Reported,
  ReturnReport,
} from './schema-letters.ts';

const report = {
  tables: { NOTICES_TABLE: ['GetItem', 'PutItem'], JOURNAL_TABLE: ['PutItem'] },
} as const;

/** Notices on paper: fetched by the print shop, posted, come back. */
export const letterRoutes = {
  listBatches: {
    method: 'GET',
    path: '/notices/letter-batches',
    summary: 'The batches of notices on paper, latest first.',
    callers: ['agent'],
    query: BatchesQuery,
    answers: { 200: Batches },
    refusals: ['notices/role-required'],
    rights: { tables: { NOTICES_TABLE: ['Query'] } },
  },
  readBatch: {
    method: 'GET',
    path: '/notices/letter-batches/{batch}',
    summary: 'One batch of notices on paper, and which of its letters are not to be posted.',
    callers: ['agent'],
    parameters: BatchName,
    answers: { 200: Batch },
    refusals: ['notices/role-required', 'notices/unknown-batch'],
    rights: { tables: { ENROLMENT_TABLE: ['GetItem'], NOTICES_TABLE: ['GetItem', 'Query'] } },
  },
  readManifest: {
    method: 'GET',
    path: '/notices/letter-batches/{batch}/manifest',
    summary: 'Which reference stands on which sheet of a batch of notices.',
    callers: ['agent'],
    parameters: BatchName,
    answers: { 200: Manifest },
    refusals: ['notices/role-required', 'notices/unknown-batch'],
    rights: { tables: { NOTICES_TABLE: ['GetItem'] } },
  },
  readSheets: {
    method: 'GET',
    path: '/notices/letter-batches/{batch}/letters',
    summary: 'The sheets of a batch of notices as one PDF, for the print shop alone.',
    callers: ['agent'],
    stream: true,
    parameters: BatchName,
    answers: { 200: z.unknown() },
    refusals: ['notices/role-required', 'notices/unknown-batch', 'notices/batch-gone'],
    rights: {
      tables: { NOTICES_TABLE: ['GetItem'] },
      buckets: { LETTERS_BUCKET: [{ action: 'GetObject', prefix: 'notices/' }] },
    },
  },
  reportPosting: {
    method: 'POST',
    path: '/notices/letter-batches/{batch}/posting',
    summary: 'Tells that a batch of notices was posted, and what of it was not.',
    callers: ['agent'],
    parameters: BatchName,
    body: PostingReport,
    maxBytes: 65_536,
    answers: { 202: Reported },
    refusals: [
      'notices/role-required',
      'notices/unknown-batch',
      'notices/already-posted',
      'notices/posted-in-the-future',
      'notices/posted-before-batch',
      'notices/unknown-reference',
    ],
    rights: report,
  },
  reportReturns: {
    method: 'POST',
    path: '/notices/letter-batches/{batch}/returns',
    summary: 'Tells that letters of a batch of notices came back.',
    callers: ['agent'],
    parameters: BatchName,
    body: ReturnReport,
    maxBytes: 65_536,
    answers: { 202: Reported },
    refusals: [
      'notices/role-required',
      'notices/unknown-batch',
      'notices/not-posted',
      'notices/unknown-reference',
      'notices/returned-in-the-future',
      'notices/returned-before-posting',
    ],
    rights: report,
  },
} as const satisfies Routes;

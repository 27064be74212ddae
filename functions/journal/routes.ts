import * as z from 'zod';
import type { Routes } from '#shared/http/route.ts';
import {
  AuditEventQuery,
  AuditEvents,
  ExportQuery,
  History,
  HistoryExport,
  HistoryPaperQuery,
  HistoryQuery,
  Verification,
} from './schema.ts';

/** What it takes to find the record of the one who signed in, and to read its lanes. */
const reading = {
  tables: { ENROLMENT_TABLE: ['GetItem'], IDENTITY_TABLE: ['GetItem'], JOURNAL_TABLE: ['Query'] },
  keys: { IDENTITY_KEY: ['Decrypt'] },
  parameters: ['CONDITIONS'],
} as const;
const access = [
  'access/not-linked',
  'access/not-guardian',
  'access/record-closed',
  'access/conditions-to-accept',
] as const;

export const routes = {
  readHistory: {
    method: 'GET',
    path: '/journal/history',
    summary: 'Who did what with one’s own record, newest first, in pages.',
    callers: ['holder', 'assisted'],
    actsFor: true,
    query: HistoryQuery,
    answers: { 200: History },
    refusals: [...access, 'journal/bad-cursor'],
    rights: reading,
  },
  printHistory: {
    method: 'GET',
    path: '/journal/history/paper',
    summary:
      'The history of one’s own record as a paper (PDF), newest first, five hundred lines at most; at a counter as well.',
    callers: ['holder', 'assisted'],
    actsFor: true,
    entry: 'papers',
    stream: true,
    query: HistoryPaperQuery,
    answers: { 200: z.unknown() },
    refusals: access,
    rights: {
      ...reading,
      tables: { ...reading.tables, JOURNAL_TABLE: ['PutItem', 'Query'] },
      parameters: ['CONDITIONS', 'LETTER_SENDER'],
    },
  },
  exportHistory: {
    method: 'GET',
    path: '/journal/history/export',
    summary: 'The lines of one’s own record as they are kept, to be verified offline.',
    callers: ['holder'],
    actsFor: true,
    query: ExportQuery,
    answers: { 200: HistoryExport },
    refusals: [...access, 'journal/bad-cursor'],
    rights: { ...reading, tables: { ...reading.tables, JOURNAL_TABLE: ['PutItem', 'Query'] } },
  },
  verifyHistory: {
    method: 'GET',
    path: '/journal/verification',
    summary: 'Whether the lines of one’s own record follow each other without gap or change.',
    callers: ['holder'],
    actsFor: true,
    answers: { 200: Verification },
    refusals: access,
    rights: reading,
  },
  searchAuditEvents: {
    method: 'GET',
    path: '/fhir/AuditEvent',
    summary: 'The history of one’s own record as FHIR R4 AuditEvents, newest first, in pages.',
    callers: ['holder'],
    actsFor: true,
    fhir: 'resource',
    query: AuditEventQuery,
    lists: ['date'],
    answers: { 200: AuditEvents },
    refusals: [...access, 'journal/bad-cursor'],
    rights: reading,
  },
} as const satisfies Routes;

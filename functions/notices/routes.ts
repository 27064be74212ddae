import type { Routes } from '#shared/http/route.ts';
import { letterRoutes } from './routes-letters.ts';
import { Letters, LettersQuery, Notice, NoticeName, Notices, Page } from './schema.ts';

const ownRecord = {
  ENROLMENT_TABLE: ['GetItem'],
  IDENTITY_TABLE: ['GetItem'],
} as const;

export const routes = {
  listNotices: {
    method: 'GET',
    path: '/notices',
    summary: 'What the caller was told of his own record, newest first.',
    callers: ['holder', 'assisted'],
    actsFor: true,
    query: Page,
    answers: { 200: Notices },
    refusals: [
      'access/not-linked',
      'access/not-guardian',
      'access/record-closed',
      'access/conditions-to-accept',
    ],
    rights: {
      tables: { ...ownRecord, NOTICES_TABLE: ['Query'] },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      parameters: ['CONDITIONS'],
    },
  },
  readNotice: {
    method: 'POST',
    path: '/notices/{notice}/read',
    summary: 'Notes that the caller has read a notice. Again changes nothing.',
    callers: ['holder'],
    actsFor: true,
    parameters: NoticeName,
    answers: { 200: Notice },
    refusals: [
      'access/not-linked',
      'access/not-guardian',
      'access/record-closed',
      'access/conditions-to-accept',
      'notices/unknown-notice',
    ],
    rights: {
      tables: { ...ownRecord, NOTICES_TABLE: ['UpdateItem'] },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      parameters: ['CONDITIONS'],
    },
  },
  listLetters: {
    method: 'GET',
    path: '/notices/letters',
    summary:
      'The letters that are due on a day: to whom, by pseudonym, and what they have to tell.',
    callers: ['agent'],
    query: LettersQuery,
    answers: { 200: Letters },
    refusals: ['notices/role-required'],
    rights: { tables: { NOTICES_TABLE: ['Query'] } },
  },
  ...letterRoutes,
} as const satisfies Routes;

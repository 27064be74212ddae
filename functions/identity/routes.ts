import type { Routes } from '#shared/http/route.ts';
import { Me } from './schema.ts';

export const routes = {
  me: {
    method: 'GET',
    path: '/identity/me',
    summary:
      'Who the bearer of this token is taken for; for a citizen, also the record that he is linked to.',
    callers: ['holder', 'professional', 'agent', 'establishment'],
    answers: { 200: Me },
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem'],
        IDENTITY_TABLE: ['GetItem', 'UpdateItem'],
        JOURNAL_TABLE: ['PutItem', 'Query'],
      },
      keys: { IDENTITY_KEY: ['Decrypt'] },
    },
  },
} as const satisfies Routes;

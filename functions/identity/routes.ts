import type { Routes } from '#shared/http/route.ts';
import { Me, Profiles } from './schema.ts';

export const routes = {
  me: {
    method: 'GET',
    path: '/identity/me',
    summary:
      'Who the bearer of this token is taken for; for a citizen, also the record that he is linked to.',
    callers: ['holder', 'professional', 'agent', 'establishment', 'assisted'],
    answers: { 200: Me },
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem'],
        IDENTITY_TABLE: ['GetItem', 'UpdateItem'],
        JOURNAL_TABLE: ['PutItem', 'Query'],
      },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      parameters: ['CONDITIONS'],
    },
  },
  listProfiles: {
    method: 'GET',
    path: '/identity/profiles',
    summary:
      'The records in which a citizen has a part: his own, and his children’s in whatever state, with what he can do there.',
    callers: ['holder'],
    answers: { 200: Profiles },
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem', 'Query'],
        IDENTITY_TABLE: ['GetItem'],
        KEYS_TABLE: ['GetItem'],
      },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      parameters: ['CONDITIONS'],
    },
  },
} as const satisfies Routes;

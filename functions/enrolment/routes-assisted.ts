import type { Routes } from '#shared/http/route.ts';
import { AssistedEnded, AssistedOpened, AssistedRequest } from './schema-assisted.ts';
import { Counters, CountersQuery } from './schema-counters.ts';

const tables = {
  ENROLMENT_TABLE: ['GetItem', 'PutItem', 'UpdateItem'],
  IDENTITY_TABLE: ['GetItem', 'PutItem', 'UpdateItem'],
  JOURNAL_TABLE: ['PutItem'],
} as const;
const keys = { IDENTITY_KEY: ['Decrypt'] } as const;

/** A holder's own session at a counter, for people who have no way of their own. */
export const assistedRoutes = {
  openAssistedSession: {
    method: 'POST',
    path: '/enrolment/assisted-sessions',
    summary:
      'Opens a holder’s own session at a counter, with his NIR, card and code: for reading, some minutes, from this post only.',
    callers: ['agent'],
    entry: 'counter',
    body: AssistedRequest,
    maxBytes: 2048,
    answers: { 201: AssistedOpened },
    refusals: [
      'enrolment/role-required',
      'enrolment/checks-missing',
      'enrolment/not-recognised',
      'enrolment/too-many-attempts',
      'enrolment/code-used',
      'enrolment/code-burnt',
      'enrolment/code-expired',
      'enrolment/no-open-record',
    ],
    rights: { tables, keys, parameters: ['ASSISTED_SECONDS', 'CODE_HASH', 'CODE_LIMITS'] },
  },
  listCounters: {
    method: 'GET',
    path: '/enrolment/counters',
    summary: 'Where somebody helps in person: the counters of a département, in pages.',
    callers: ['public'],
    entry: 'public',
    query: CountersQuery,
    answers: { 200: Counters },
    rights: {},
  },
  endAssistedSession: {
    method: 'POST',
    path: '/enrolment/assisted-sessions/end',
    summary: 'Ends a session at a counter: by the holder in it, or by the adviser who leaves.',
    callers: ['agent', 'assisted'],
    entry: 'counter',
    answers: { 200: AssistedEnded },
    refusals: ['enrolment/role-required'],
    rights: { tables, keys },
  },
} as const satisfies Routes;

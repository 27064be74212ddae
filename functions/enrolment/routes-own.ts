import type { Routes } from '#shared/http/route.ts';
import { changingOwn } from './deciding-rights.ts';
import {
  AcceptedConditions,
  ActivatedRecord,
  ClosedRecord,
  ClosureRequest,
  ClosureWaits,
  ReopenedRecord,
} from './schema.ts';

const fresh = ['FRESH_SIGN_IN_SECONDS'] as const;

/** What a holder decides about his record as a whole, or a guardian about a child's. */
export const ownRoutes = {
  acceptConditions: {
    method: 'POST',
    path: '/enrolment/conditions',
    summary: 'Accepts the conditions of use that stand now, where an earlier version was accepted.',
    callers: ['holder'],
    entry: 'own',
    body: AcceptedConditions,
    maxBytes: 256,
    answers: { 200: ActivatedRecord.shape.conditions },
    refusals: ['enrolment/conditions-outdated', 'enrolment/nothing-to-accept'],
    rights: { ...changingOwn, parameters: ['CONDITIONS'] },
  },
  close: {
    method: 'POST',
    path: '/enrolment/closure',
    summary:
      'Closes one’s own record, or a child’s, and asks for its deletion if wished. A child’s with two guardians is closed after a term in which the other may stop it. Needs a sign-in of minutes ago.',
    callers: ['holder'],
    actsFor: true,
    entry: 'own',
    body: ClosureRequest,
    maxBytes: 256,
    answers: { 200: ClosedRecord, 202: ClosureWaits },
    refusals: [
      'access/not-guardian',
      'enrolment/sign-in-again',
      'enrolment/minors-guardian',
      'enrolment/nothing-to-close',
      'enrolment/closure-waits',
    ],
    rights: {
      ...changingOwn,
      parameters: [...fresh, 'CHILD_CLOSURE_DAYS', 'DELETION_DELAYS'],
    },
  },
  reopen: {
    method: 'POST',
    path: '/enrolment/reopening',
    summary:
      'Reopens the record that one closed, or a child’s, with its data as they were. Needs a sign-in of minutes ago.',
    callers: ['holder'],
    actsFor: true,
    entry: 'own',
    answers: { 200: ReopenedRecord },
    refusals: [
      'access/not-guardian',
      'enrolment/sign-in-again',
      'enrolment/deletion-under-way',
      'enrolment/minors-guardian',
      'enrolment/nothing-to-reopen',
    ],
    rights: { ...changingOwn, parameters: fresh },
  },
} as const satisfies Routes;

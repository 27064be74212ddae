import type { Routes } from '#shared/http/route.ts';
import {
  Answered,
  Guardians,
  InvitationAnswer,
  InvitationName,
  Invitations,
  SecondInvited,
  SecondRequest,
  TakeBack,
  TakenBack,
  Wish,
  WishAnswer,
  WishAnswered,
  WishName,
} from './schema-second.ts';

const reading = {
  tables: { ENROLMENT_TABLE: ['GetItem'], IDENTITY_TABLE: ['GetItem'] },
  keys: { IDENTITY_KEY: ['Decrypt'] },
  parameters: ['CONDITIONS'],
} as const;

const deciding = {
  ...reading,
  tables: {
    ...reading.tables,
    ENROLMENT_TABLE: ['GetItem', 'PutItem'],
    JOURNAL_TABLE: ['PutItem'],
  },
} as const;

const access = [
  'access/not-linked',
  'access/not-guardian',
  'access/record-closed',
  'access/conditions-to-accept',
] as const;

/** A child's two guardians (MIN-2). */
export const guardianRoutes = {
  inviteGuardian: {
    method: 'POST',
    path: '/enrolment/guardians',
    summary:
      'Invites a second guardian into a child’s record. The answer does not say whether he is known.',
    callers: ['holder'],
    actsFor: true,
    entry: 'own',
    body: SecondRequest,
    maxBytes: 2048,
    answers: { 202: SecondInvited },
    refusals: [
      ...access,
      'enrolment/for-child-only',
      'enrolment/two-guardians',
      'enrolment/invitation-waits',
      'enrolment/own-invitation',
      'enrolment/not-activable',
    ],
    rights: {
      ...deciding,
      tables: { ...deciding.tables, KEYS_TABLE: ['GetItem'] },
      parameters: ['GUARDIAN_INVITATION_DAYS'],
    },
  },
  withdrawInvitation: {
    method: 'POST',
    path: '/enrolment/guardians/withdrawal',
    summary:
      'Takes back the invitation of a second guardian that waits: nobody can answer it, and another may be invited.',
    callers: ['holder'],
    actsFor: true,
    entry: 'own',
    body: TakeBack,
    maxBytes: 256,
    answers: { 200: TakenBack },
    refusals: [
      ...access,
      'enrolment/for-child-only',
      'enrolment/unknown-invitation',
      'enrolment/not-activable',
    ],
    rights: deciding,
  },
  listGuardians: {
    method: 'GET',
    path: '/enrolment/guardians',
    summary: 'How many act in a child’s record, and how the last invitation stands.',
    callers: ['holder'],
    actsFor: true,
    entry: 'own',
    answers: { 200: Guardians },
    refusals: [...access, 'enrolment/for-child-only', 'enrolment/not-activable'],
    rights: reading,
  },
  readClosureWish: {
    method: 'GET',
    path: '/enrolment/closure-wish',
    summary:
      'What one of a child’s two guardians asked for last: to close its record, or delete it.',
    callers: ['holder'],
    actsFor: true,
    entry: 'own',
    answers: { 200: Wish },
    refusals: ['access/not-guardian', 'enrolment/for-child-only', 'enrolment/unknown-closure-wish'],
    rights: reading,
  },
  answerClosureWish: {
    method: 'POST',
    path: '/enrolment/closure-wishes/{wish}/answer',
    summary:
      'The other guardian agrees to the closure of a child’s record, at once, or stops it; who asked may take it back.',
    callers: ['holder'],
    actsFor: true,
    entry: 'own',
    parameters: WishName,
    body: WishAnswer,
    maxBytes: 256,
    answers: { 200: WishAnswered },
    refusals: [
      'access/not-guardian',
      'enrolment/sign-in-again',
      'enrolment/for-child-only',
      'enrolment/own-closure-wish',
      'enrolment/unknown-closure-wish',
    ],
    rights: {
      ...deciding,
      parameters: ['DELETION_DELAYS', 'FRESH_SIGN_IN_SECONDS'],
    },
  },
  listInvitations: {
    method: 'GET',
    path: '/enrolment/guardian-invitations',
    summary: 'The invitations into a child’s record that the caller may answer.',
    callers: ['holder'],
    entry: 'own',
    answers: { 200: Invitations },
    refusals: ['enrolment/activate-first'],
    rights: {
      ...reading,
      tables: {
        ...reading.tables,
        ENROLMENT_TABLE: ['BatchGetItem', 'GetItem', 'Query'],
        KEYS_TABLE: ['GetItem'],
      },
    },
  },
  answerInvitation: {
    method: 'POST',
    path: '/enrolment/guardian-invitations/{invitation}/answer',
    summary: 'Accepts an invitation, certifying to be a legal representative, or refuses it.',
    callers: ['holder'],
    entry: 'own',
    parameters: InvitationName,
    body: InvitationAnswer,
    maxBytes: 256,
    answers: { 200: Answered },
    refusals: [
      'enrolment/activate-first',
      'enrolment/unknown-invitation',
      'enrolment/two-guardians',
    ],
    rights: {
      ...reading,
      tables: {
        ...reading.tables,
        ENROLMENT_TABLE: ['BatchGetItem', 'GetItem', 'PutItem', 'Query'],
        JOURNAL_TABLE: ['PutItem'],
      },
    },
  },
} as const satisfies Routes;

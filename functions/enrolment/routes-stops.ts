import type { Routes } from '#shared/http/route.ts';
import { changingOwn, naming } from './deciding-rights.ts';
import { Page } from './schema.ts';
import {
  ContestedSuspensions,
  DeathCorrected,
  DeathCorrection,
  DeathRecorded,
  DeathReport,
  SuspendedRecord,
  SuspensionDecided,
  SuspensionDecision,
  SuspensionObjection,
  SuspensionOrder,
} from './schema-stops.ts';

const refusedToAgents = [
  'enrolment/role-required',
  'enrolment/agent-limit',
  'enrolment/unknown-person',
  'enrolment/which-child',
] as const;

/** What stops a record from outside: a death, a suspension, and how either is taken back. */
export const stopRoutes = {
  declareDeath: {
    method: 'POST',
    path: '/enrolment/deaths',
    summary:
      'Records a death, on a paper that the agent saw: whatever was under way for this person stops at once.',
    callers: ['agent'],
    body: DeathReport,
    maxBytes: 1024,
    answers: { 200: DeathRecorded },
    refusals: [
      ...refusedToAgents,
      'enrolment/died-in-the-future',
      'enrolment/died-before-birth',
      'enrolment/death-differs',
    ],
    rights: { ...naming, parameters: ['AGENT_OBJECTIONS_PER_HOUR', 'DELETION_DELAYS'] },
  },
  correctDeath: {
    method: 'POST',
    path: '/enrolment/death-corrections',
    summary: 'Takes back a death that was told wrongly: the record stands as before.',
    callers: ['agent'],
    body: DeathCorrection,
    maxBytes: 1024,
    answers: { 200: DeathCorrected },
    refusals: [...refusedToAgents, 'enrolment/not-deceased', 'enrolment/deletion-begun'],
    rights: {
      ...naming,
      parameters: ['AGENT_OBJECTIONS_PER_HOUR', 'DELETION_DELAYS', 'SUSPENSION_DAYS'],
    },
  },
  suspend: {
    method: 'POST',
    path: '/enrolment/suspensions',
    summary:
      'Suspends an activated record at once. Its holder is told; unless he objects in time it is closed.',
    callers: ['agent'],
    body: SuspensionOrder,
    maxBytes: 1024,
    answers: { 200: SuspendedRecord },
    refusals: [...refusedToAgents, 'enrolment/not-suspendable', 'enrolment/deceased'],
    rights: { ...naming, parameters: ['AGENT_OBJECTIONS_PER_HOUR', 'SUSPENSION_DAYS'] },
  },
  listSuspensions: {
    method: 'GET',
    path: '/enrolment/suspensions',
    summary:
      'The suspensions to which their holders have objected and which wait for a decision, oldest objection first. Nobody is named.',
    callers: ['agent'],
    // Where agents' other lists are: so who decides needs no right to the index.
    entry: 'campaign',
    query: Page,
    answers: { 200: ContestedSuspensions },
    refusals: ['enrolment/role-required'],
    rights: {
      tables: { ENROLMENT_TABLE: ['BatchGetItem'] },
      indexes: { ENROLMENT_TABLE: ['due'] },
    },
  },
  decideSuspension: {
    method: 'POST',
    path: '/enrolment/suspension-decisions',
    summary:
      'Ends a suspension, of a person who is named or by its reference in the list: the record is resumed as it was, or closed.',
    callers: ['agent'],
    body: SuspensionDecision,
    maxBytes: 1024,
    answers: { 200: SuspensionDecided },
    refusals: [
      ...refusedToAgents,
      'enrolment/unknown-suspension',
      'enrolment/not-suspended',
      'enrolment/deceased',
    ],
    rights: { ...naming, parameters: ['AGENT_OBJECTIONS_PER_HOUR', 'DELETION_DELAYS'] },
  },
  objectToSuspension: {
    method: 'POST',
    path: '/enrolment/suspension-objection',
    summary:
      'Objects to the suspension of one’s own record: it is not closed before somebody has decided. Needs a sign-in of minutes ago.',
    callers: ['holder'],
    entry: 'own',
    body: SuspensionObjection,
    maxBytes: 256,
    answers: { 200: SuspendedRecord },
    refusals: [
      'enrolment/sign-in-again',
      'enrolment/not-suspended',
      'enrolment/suspension-term-over',
    ],
    rights: { ...changingOwn, parameters: ['FRESH_SIGN_IN_SECONDS'] },
  },
} as const satisfies Routes;

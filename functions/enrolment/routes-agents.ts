import type { Routes } from '#shared/http/route.ts';
import { AgentOppositionRequest } from './schema.ts';
import { Guardianship, GuardianshipRequest } from './schema-guardianship.ts';
import { Opposed } from './schema-opposed.ts';

/** What agents do for somebody who called, wrote or came, on what they have seen. */
export const agentRoutes = {
  opposeByAgent: {
    method: 'POST',
    path: '/enrolment/agent-oppositions',
    summary:
      'Takes an objection that a person made by phone, by post or at a desk: no code, but checks by the agent. Decides by when it was made; one in time reverses an opening.',
    callers: ['agent'],
    body: AgentOppositionRequest,
    maxBytes: 2048,
    answers: { 201: Opposed },
    refusals: [
      'enrolment/role-required',
      'enrolment/checks-missing',
      'enrolment/agent-limit',
      'enrolment/unknown-person',
      'enrolment/which-child',
      'enrolment/card-mismatch',
      'enrolment/not-guardian',
      'enrolment/made-in-the-future',
      'enrolment/made-before-import',
      'enrolment/already-activated',
      'enrolment/already-closed',
      'enrolment/deceased',
      'enrolment/deadline-passed',
    ],
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem', 'PutItem', 'UpdateItem'],
        JOURNAL_TABLE: ['GetItem', 'PutItem'],
      },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      parameters: ['AGENT_OBJECTIONS_PER_HOUR', 'DELETION_DELAYS'],
    },
  },
  orderGuardianship: {
    method: 'POST',
    path: '/enrolment/guardianship-orders',
    summary:
      'Changes who may act for a child, on papers that the agent has seen: lifts a block of its opening, ends the access of a guardian whose authority was taken, or undoes that.',
    callers: ['agent'],
    body: GuardianshipRequest,
    maxBytes: 2048,
    answers: { 200: Guardianship },
    refusals: [
      'enrolment/role-required',
      'enrolment/checks-missing',
      'enrolment/agent-limit',
      'enrolment/unknown-person',
      'enrolment/which-child',
      'enrolment/not-withdrawn',
    ],
    rights: {
      tables: {
        ENROLMENT_TABLE: ['GetItem', 'PutItem', 'UpdateItem'],
        JOURNAL_TABLE: ['PutItem'],
      },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      parameters: ['AGENT_OBJECTIONS_PER_HOUR', 'DELETION_DELAYS'],
    },
  },
} as const satisfies Routes;

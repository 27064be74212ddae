import type { Routes } from '#shared/http/route.ts';
import { changingOwn, naming } from './deciding-rights.ts';
import {
  AgentClosure,
  AgentClosureRequest,
  AgentClosureStopped,
  AgentClosuresQuery,
  ClosureCallBack,
  StopAgentClosure,
  WaitingClosures,
} from './schema-agent-closure.ts';

const refusedToAgents = [
  'enrolment/role-required',
  'enrolment/checks-missing',
  'enrolment/agent-limit',
  'enrolment/unknown-person',
  'enrolment/which-child',
  'enrolment/closure-by-guardian',
  'enrolment/not-closable',
  'enrolment/already-closed',
  'enrolment/suspended',
  'enrolment/deceased',
  'enrolment/deletion-begun',
] as const;

/** Closing and deleting for who has no way of his own: one agent takes it down, another one calls back. */
export const agentClosureRoutes = {
  closeByAgent: {
    method: 'POST',
    path: '/enrolment/agent-closures',
    summary:
      'Takes down that somebody wants his record closed, or deleted, who called, wrote or came. It waits for another agent’s call-back; at a desk, with an identity paper, a closure is done at once.',
    callers: ['agent'],
    entry: 'counter',
    body: AgentClosureRequest,
    maxBytes: 2048,
    answers: { 200: AgentClosure, 202: AgentClosure },
    refusals: [...refusedToAgents, 'enrolment/made-in-the-future', 'enrolment/closure-asked'],
    rights: {
      ...naming,
      parameters: ['AGENT_CLOSURE_DAYS', 'AGENT_OBJECTIONS_PER_HOUR', 'DELETION_DELAYS'],
    },
  },
  listAgentClosures: {
    method: 'GET',
    path: '/enrolment/agent-closures',
    summary:
      'The wishes that wait for a call-back, soonest term first: by their references, without a word of whose they are.',
    callers: ['agent'],
    entry: 'counter',
    query: AgentClosuresQuery,
    answers: { 200: WaitingClosures },
    refusals: ['enrolment/role-required'],
    rights: {
      // Which of them the reader took down himself is known by his keyed fingerprint.
      tables: { ENROLMENT_TABLE: ['BatchGetItem', 'GetItem'] },
      indexes: { ENROLMENT_TABLE: ['due'] },
      keys: { IDENTITY_KEY: ['Decrypt'] },
    },
  },
  callBack: {
    method: 'POST',
    path: '/enrolment/agent-closures/confirmation',
    summary:
      'What the person said when another agent called him back: the record is closed as he asked, or nothing is.',
    callers: ['agent'],
    entry: 'counter',
    body: ClosureCallBack,
    maxBytes: 2048,
    answers: { 200: AgentClosure },
    refusals: [
      ...refusedToAgents,
      'enrolment/unknown-closure-wish',
      'enrolment/closure-differs',
      'enrolment/other-agent-needed',
    ],
    rights: { ...naming, parameters: ['AGENT_OBJECTIONS_PER_HOUR', 'DELETION_DELAYS'] },
  },
  stopAgentClosure: {
    method: 'POST',
    path: '/enrolment/agent-closures/stop',
    summary: 'Stops what an agent took down about the caller’s own record: it stays as it is.',
    callers: ['holder'],
    entry: 'own',
    body: StopAgentClosure,
    maxBytes: 256,
    answers: { 200: AgentClosureStopped },
    refusals: ['enrolment/unknown-closure-wish'],
    rights: { ...changingOwn, parameters: ['CONDITIONS'] },
  },
} as const satisfies Routes;

import type { Routes } from '#shared/http/route.ts';
import { decide } from './deciding-rights.ts';
import { Opposed } from './schema-opposed.ts';
import { CodeRequest, CodeRequested, OppositionRequest } from './schema-public.ts';

/** What somebody without a sign-in may ask of his own record or a child's; part of the room's routes. */
export const publicRoutes = {
  oppose: {
    method: 'POST',
    path: '/enrolment/oppositions',
    summary: 'Objects to the opening of a record, with NIR, card and provisional code. No sign-in.',
    callers: ['public'],
    entry: 'public',
    body: OppositionRequest,
    maxBytes: 2048,
    answers: { 201: Opposed },
    refusals: [
      'enrolment/not-recognised',
      'enrolment/too-many-attempts',
      'enrolment/already-activated',
      'enrolment/already-opposed',
      'enrolment/already-closed',
      'enrolment/deadline-passed',
      'enrolment/code-used',
      'enrolment/code-burnt',
      'enrolment/code-expired',
      'enrolment/which-child',
      'enrolment/not-guardian',
      'enrolment/child-blocked',
    ],
    idempotent: true,
    rights: { ...decide, parameters: [...decide.parameters, 'DELETION_DELAYS'] },
  },
  requestCode: {
    method: 'POST',
    path: '/enrolment/codes',
    summary: 'Asks for a new provisional code, sent to the address the insurance body knows.',
    callers: ['public'],
    entry: 'public',
    body: CodeRequest,
    maxBytes: 2048,
    answers: { 202: CodeRequested },
    refusals: ['enrolment/too-many-attempts'],
    rights: {
      ...decide,
      parameters: [...decide.parameters, 'MAJORITY_AGE', 'MINOR_OWN_CARD_AGE'],
    },
  },
} as const satisfies Routes;

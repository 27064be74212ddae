import type { Routes } from '#shared/http/route.ts';
import { decide } from './deciding-rights.ts';
import { CodeRequest, CodeRequested, OppositionRequest } from './schema.ts';
import { Opposed } from './schema-opposed.ts';

/** What anybody may ask for who has a code, or had one: without a sign-in. */
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
    ],
    idempotent: true,
    rights: decide,
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
    rights: decide,
  },
} as const satisfies Routes;

import * as z from 'zod';
import type { Routes } from '#shared/http/route.ts';
import { SignedCertificate } from './certificate-schema.ts';
import { Opposed } from './schema-opposed.ts';

/** What may be fetched on paper, by one function that makes PDF (D55); part of the room's routes. */
export const paperRoutes = {
  printObjectionProof: {
    method: 'POST',
    path: '/enrolment/opposition-proofs',
    summary:
      'The proof of an objection as a sheet (PDF), from the fields that the objection was answered with, seal included.',
    callers: ['public'],
    entry: 'papers',
    stream: true,
    form: true,
    body: Opposed,
    maxBytes: 1024,
    answers: { 200: z.unknown() },
    refusals: ['enrolment/not-our-proof'],
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem'] },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      parameters: ['LETTER_SENDER'],
    },
  },
  readCertificate: {
    method: 'GET',
    path: '/enrolment/deletion-certificate',
    summary:
      'The signed certificate of the latest deletion of one’s own record, or a child’s: what was erased, and when. As JSON, or as a sheet that carries it (`Accept: application/pdf`).',
    callers: ['holder'],
    actsFor: true,
    entry: 'papers',
    stream: true,
    also: 'application/pdf',
    answers: { 200: SignedCertificate },
    refusals: ['access/not-guardian', 'enrolment/no-certificate'],
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem'], IDENTITY_TABLE: ['GetItem'] },
      keys: { IDENTITY_KEY: ['Decrypt'] },
      parameters: ['CONDITIONS', 'LETTER_SENDER'],
    },
  },
} as const satisfies Routes;

import type { Routes } from '#shared/http/route.ts';
import { PublicKeys, SignedCertificate } from './certificate-schema.ts';

/** What is asked about certificates of deletion; part of the room's routes. */
export const certificateRoutes = {
  readCertificate: {
    method: 'GET',
    path: '/enrolment/deletion-certificate',
    summary:
      'The signed certificate of the latest deletion of one’s own record, or a child’s: what was erased, and when.',
    callers: ['holder'],
    actsFor: true,
    entry: 'own',
    answers: { 200: SignedCertificate },
    refusals: ['access/not-guardian', 'enrolment/no-certificate'],
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem'], IDENTITY_TABLE: ['GetItem'] },
      keys: { IDENTITY_KEY: ['Decrypt'] },
    },
  },
  readCertificateKeys: {
    method: 'GET',
    path: '/enrolment/certificate-keys',
    summary: 'The public keys (JWK) under which certificates of deletion are checked.',
    callers: ['public'],
    entry: 'public',
    answers: { 200: PublicKeys },
    rights: { keys: { CERTIFICATE_KEY: ['GetPublicKey'] } },
  },
} as const satisfies Routes;

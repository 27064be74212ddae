import type { Routes } from '#shared/http/route.ts';
import { PublicKeys } from './certificate-schema.ts';

/** What everybody may ask about certificates of deletion; part of the room's routes. */
export const certificateRoutes = {
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

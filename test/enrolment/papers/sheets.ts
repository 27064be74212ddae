import { generateKeyPairSync, sign } from 'node:crypto';
import { DeletionCertificate, SignedCertificate } from '#functions/enrolment/certificate-schema.ts';
import { canonical } from '#shared/kernel/canonical.ts';
import type { Sender } from '#shared/paper/sender.ts';
import { openPdf, textOf } from '#test/support/read-pdf.ts';

export const sender: Sender = {
  name: 'Mon espace santé',
  address: ['Service des courriers', '1 rue de la Démonstration', '00000 DÉMONSTRATION'],
  site: 'https://mon-espace-sante.example',
  phone: '3422',
  notice: 'Service de démonstration, non officiel.',
};
const line = 'M'.repeat(38);
/** The longest that a stage may say. */
export const longestSender: Sender = {
  ...{ name: line, address: [line, line, line], phone: line, notice: 'M'.repeat(60) },
  site: `https://${'m'.repeat(24)}.example`,
};

/** All that the first sheet says, with single spaces. */
export async function wordsOf(bytes: Uint8Array): Promise<string> {
  return (await textOf(await openPdf(bytes), 1)).replace(/\s+/g, ' ');
}

export const certificate = DeletionCertificate.parse({
  ...{ v: 1, kind: 'deletion-certificate', deployment: 'mes-prod', deletion: 2, cause: 'asked' },
  record: 'abcdefghjkmnpqrstvwxyz0123',
  ...{ closedAt: '2022-01-31T23:30:00.000Z', askedAt: '2022-01-31T23:31:02.003Z' },
  ...{ begunAt: '2022-03-02T00:15:00.000Z', keyDestroyedAt: '2022-03-02T00:15:04.000Z' },
  ...{ cachesEmptyAt: '2022-03-02T00:20:04.000Z', documents: 12, versions: 17 },
  ...{ contentErasedAt: '2022-03-27T00:59:59.000Z', noticesErasedAt: '2022-03-27T01:00:00.000Z' },
  finishedAt: '2022-03-27T06:00:00.000Z',
});

/** Signs a certificate as KMS does, with a pair of this test alone. */
export function signed(given: DeletionCertificate): SignedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return SignedCertificate.parse({
    certificate: given,
    signature: sign('sha256', Buffer.from(canonical(given)), privateKey).toString('base64'),
    algorithm: 'ECDSA_SHA_256',
    key: { ...publicKey.export({ format: 'jwk' }), kid: 'k'.repeat(43), use: 'sig' },
  });
}

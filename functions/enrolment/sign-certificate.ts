import { SignCommand } from '@aws-sdk/client-kms';
import * as z from 'zod';
import { kms } from '#shared/aws/kms.ts';
import { env } from '#shared/env.ts';
import { canonical } from '#shared/kernel/canonical.ts';
import { certificateKey } from './certificate-key.ts';
import type { DeletionCertificate, SignedCertificate } from './certificate-schema.ts';

const { CERTIFICATE_KEY: KeyId, STAGE: deployment } = env({
  CERTIFICATE_KEY: z.string().min(1),
  STAGE: z.string().min(1),
});

/** Signs a certificate of deletion: its canonical JSON, under the deployment's key, with the public half beside it. */
export async function sign(
  told: Omit<DeletionCertificate, 'deployment'>,
): Promise<SignedCertificate> {
  const certificate: DeletionCertificate = { ...told, deployment };
  const { Signature } = await kms.send(
    new SignCommand({
      KeyId,
      Message: Buffer.from(canonical(certificate), 'utf8'),
      MessageType: 'RAW',
      SigningAlgorithm: 'ECDSA_SHA_256',
    }),
  );
  const signature = Buffer.from(z.instanceof(Uint8Array).parse(Signature)).toString('base64');
  return { certificate, signature, algorithm: 'ECDSA_SHA_256', key: await certificateKey() };
}

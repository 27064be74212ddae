import { createPublicKey, hash } from 'node:crypto';
import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import * as z from 'zod';
import { kms } from '#shared/aws/kms.ts';
import { env } from '#shared/env.ts';
import { canonical } from '#shared/kernel/canonical.ts';
import { PublicKey } from './certificate-schema.ts';

const { CERTIFICATE_KEY: KeyId } = env({ CERTIFICATE_KEY: z.string().min(1) });

const Jwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
});

let kept: Promise<PublicKey> | undefined;

/** The public key under which certificates are checked, as JOSE writes it; asked once an environment. */
export function certificateKey(): Promise<PublicKey> {
  kept ??= load().catch((error: unknown) => {
    kept = undefined;
    throw error;
  });
  return kept;
}

async function load(): Promise<PublicKey> {
  const { PublicKey: der } = await kms.send(new GetPublicKeyCommand({ KeyId }));
  const key = Buffer.from(z.instanceof(Uint8Array).parse(der));
  const spki = createPublicKey({ key, format: 'der', type: 'spki' });
  const jwk = Jwk.parse(spki.export({ format: 'jwk' }));
  return PublicKey.parse({
    ...jwk,
    kid: hash('sha256', canonical(jwk), 'base64url'),
    use: 'sig',
  });
}

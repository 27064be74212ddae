import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import * as z from 'zod';

/** A private RSA key as a JWK, for RS256. */
const SigningKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string(),
  use: z.literal('sig'),
  alg: z.literal('RS256'),
  n: z.string(),
  e: z.string(),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
});
export type SigningKey = z.infer<typeof SigningKey>;

/** The issuer's own key pair: made at the first start of an install, readable by its owner only. */
export async function signingKey(folder: string | undefined, name: string): Promise<SigningKey> {
  if (folder === undefined) return newKey();
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.jwk.json`);
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(await newKey()), { mode: 0o600 });
  return SigningKey.parse(JSON.parse(readFileSync(file, 'utf8')));
}

async function newKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return SigningKey.parse({
    ...jwk,
    kid: await calculateJwkThumbprint(jwk),
    use: 'sig',
    alg: 'RS256',
  });
}

import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';

/** Issuers whose tokens are taken, one for each kind of caller, as the stage gives them (environment: ISSUERS). */
export const Issuers = z
  .array(
    z.strictObject({
      kind: z.enum(['holder', 'professional', 'agent', 'establishment']),
      issuer: z.url(),
      audience: z.string().min(1),
      /** Authentication context classes that are strong enough; a token with another, or none, is not taken. */
      acr: z.array(z.string().min(1)).min(1),
      /**
       * Where what it says of a person's identity is trusted to find his record: for which client it says so, and
       * at which levels of sign-in (eIDAS substantial or more). Absent: its people need a provisional code.
       */
      identityClaims: z
        .strictObject({ audience: z.string().min(1), acr: z.array(z.string().min(1)).min(1) })
        .optional(),
    }),
  )
  .min(1);
export type Issuer = z.infer<typeof Issuers>[number];

/** A token that is not to be believed; nobody is told why. */
export class Unbelieved extends Error {
  override readonly name = 'Unbelieved';
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

const patience = 3_000;
const kept = new Map<string, Promise<JWTVerifyGetKey>>();

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(patience), redirect: 'error' });
  if (!answer.ok) throw new Error('the issuer does not answer');
  const found = Discovery.parse(await answer.json());
  if (found.issuer !== issuer) throw new Error('the issuer calls itself otherwise');
  return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: patience });
}

/** The issuer's published keys; looked up once, re-read by age and on an unknown key id. */
export function keysOf(issuer: string): Promise<JWTVerifyGetKey> {
  const before = kept.get(issuer);
  if (before) return before;
  const looked = discover(issuer);
  kept.set(issuer, looked);
  looked.catch(() => kept.delete(issuer));
  return looked;
}

const unreachable = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID']);

/** Throws `Unbelieved` for what is wrong with a token; whatever else went wrong, as it is. */
export function disbelieve(error: unknown): never {
  if (error instanceof errors.JOSEError && !unreachable.has(error.code)) throw new Unbelieved();
  throw error;
}

import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { ClientMetadata } from 'oidc-provider';
import type { Person } from '../engine.ts';
import { people } from './people.ts';
import { type SigningKey, signingKey } from './signing-key.ts';

/** The software of an establishment: it signs in for itself, with a key of its own (private_key_jwt). */
export interface EstablishmentClient {
  readonly person: Person;
  readonly key: SigningKey;
}

/** The ready establishments, each with the key pair of this install: `client-<id>.jwk.json` in the issuer's folder. */
export async function establishmentClients(
  folder: string | undefined,
): Promise<readonly EstablishmentClient[]> {
  const ready = people.filter(({ kind }) => kind === 'establishment');
  return Promise.all(
    ready.map(async (person) => ({ person, key: await signingKey(folder, `client-${person.id}`) })),
  );
}

/** What the issuer knows of it: its name and its public key, no secret. */
export function clientOf({ person, key }: EstablishmentClient): ClientMetadata {
  const { kty, kid, use, alg, n, e } = key;
  return {
    client_id: person.subject,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS256',
    jwks: { keys: [{ kty, kid, use, alg, n, e }] },
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  };
}

/** What its software signs to ask for a token: good once, for a minute of real time. */
export async function assertionOf(
  { person, key }: EstablishmentClient,
  issuer: string,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', kid: key.kid })
    .setIssuer(person.subject)
    .setSubject(person.subject)
    .setAudience(issuer)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .sign(await importJWK(key, 'RS256'));
}

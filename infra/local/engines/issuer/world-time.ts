import { decodeJwt, decodeProtectedHeader, importJWK, type JWTPayload, SignJWT } from 'jose';
import type { SigningKey } from './signing-key.ts';

const instants = ['iat', 'exp', 'nbf', 'auth_time'] as const;

/** Moves the instants of claims by some seconds, in place. */
export function moveInstants(claims: JWTPayload, seconds: number): void {
  for (const name of instants) {
    const at = claims[name];
    if (typeof at === 'number') claims[name] = at + seconds;
  }
}

/** The same token with its instants moved, signed anew. For ID tokens, which the library offers no hook for. */
export async function moveToken(token: string, seconds: number, key: SigningKey): Promise<string> {
  const claims = decodeJwt(token);
  moveInstants(claims, seconds);
  const header = { ...decodeProtectedHeader(token), alg: 'RS256' };
  return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(key, 'RS256'));
}

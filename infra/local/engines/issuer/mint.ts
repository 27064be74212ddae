import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { Person, TokenWish } from '../engine.ts';
import type { SigningKey } from './signing-key.ts';

const hour = 3600;
/** Whom an ID token is for: the portal, as a client of the issuer. */
export const portalClient = 'portal';

/** What an access token says of a person beside its standard claims. Rights are never in it. */
export function claimsOf({ acr, name, role, structure }: Person): Record<string, string> {
  return { acr, name, ...(role && { role }), ...(structure && { structure }) };
}

/**
 * An access token in world time. The main thread lives in real time, so the instants are set here
 * and not by the library.
 */
export async function mint(
  wish: TokenWish & { readonly as: Person },
  by: {
    readonly issuer: string;
    readonly audience: string;
    readonly key: SigningKey;
    readonly now: number;
  },
): Promise<string> {
  const lifetime = wish.lifetimeSeconds ?? hour;
  const issuedAt = Math.floor(by.now / 1000) - (wish.expired ? lifetime + hour : 0);
  const claims = {
    ...claimsOf(wish.as),
    ...(wish.acr !== undefined && { acr: wish.acr }),
    token_use: wish.tokenUse ?? 'access',
    client_id: 'home',
    auth_time: issuedAt - (wish.signedInSecondsAgo ?? 0),
    scope: 'openid',
    ...(wish.tokenUse === 'id' && (wish.identity ?? wish.as.identity)),
  };
  return new SignJWT(claims)
    .setProtectedHeader({
      alg: 'RS256',
      kid: by.key.kid,
      typ: wish.tokenUse === 'id' ? 'JWT' : 'at+jwt',
    })
    .setIssuer(by.issuer)
    .setAudience(wish.audience ?? (wish.tokenUse === 'id' ? portalClient : by.audience))
    .setSubject(wish.subject ?? wish.as.subject)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .sign(await importJWK(by.key, 'RS256'));
}

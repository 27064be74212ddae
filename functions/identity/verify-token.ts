import { decodeJwt, jwtVerify } from 'jose';
import * as z from 'zod';
import type { SignedIn } from '#shared/http/caller.ts';
import { disbelieve, type Issuer, keysOf, Unbelieved } from '#shared/issuers.ts';
import { word } from '#shared/word.ts';

export { Unbelieved };

const Claims = z.object({
  sub: word,
  client_id: z.string().optional(),
  token_use: z.string().optional(),
  acr: word.optional(),
  /** Seconds. Not `iat`: a refreshed token is new, the sign-in behind it is not. */
  auth_time: z.int().min(0).max(9_999_999_999).optional(),
  name: word.optional(),
  role: word.optional(),
  structure: word.optional(),
});

/** The issuer a token names, among those we know: only its keys may have signed it. */
function issuerOf(token: string, issuers: readonly Issuer[]): Issuer {
  let named: string | undefined;
  try {
    named = decodeJwt(token).iss;
  } catch {
    throw new Unbelieved();
  }
  const issuer = issuers.find((known) => known.issuer === named);
  if (!issuer) throw new Unbelieved();
  return issuer;
}

/**
 * Who a bearer token speaks for. Takes access tokens only (RFC 9068 type, or Cognito's `token_use`),
 * signed with RS256 or ES256 by the issuer it names, for our audience, within its time, of a sign-in as
 * strong as we ask of that issuer.
 * Throws `Unbelieved`, or any other error when the issuer cannot be asked.
 */
export async function verifyToken(
  token: string,
  { issuers, now }: { issuers: readonly Issuer[]; now: number },
): Promise<SignedIn> {
  const issuer = issuerOf(token, issuers);
  const verified = await jwtVerify(token, await keysOf(issuer.issuer), {
    issuer: issuer.issuer,
    algorithms: ['RS256', 'ES256'],
    currentDate: new Date(now),
    clockTolerance: 5,
    requiredClaims: ['exp', 'sub'],
  }).catch(disbelieve);
  const claims = Claims.safeParse(verified.payload);
  if (!claims.success) throw new Unbelieved();
  const { sub, client_id, token_use, auth_time, ...told } = claims.data;
  const typed = /^(application\/)?at\+jwt$/i.test(verified.protectedHeader.typ ?? '');
  if (token_use === undefined ? !typed : token_use !== 'access') throw new Unbelieved();
  // Cognito's access tokens name the client where RFC 9068 names the audience.
  const { aud = token_use === 'access' ? (client_id ?? []) : [] } = verified.payload;
  if (![aud].flat().includes(issuer.audience)) throw new Unbelieved();
  if (told.acr === undefined || !issuer.acr.includes(told.acr)) throw new Unbelieved();
  const signedInAt =
    auth_time === undefined ? {} : { signedInAt: new Date(auth_time * 1000).toISOString() };
  return { kind: issuer.kind, subject: sub, ...signedInAt, ...told };
}

import { jwtVerify } from 'jose';
import * as z from 'zod';
import { env, json } from '#shared/env.ts';
import type { SignedIn } from '#shared/http/caller.ts';
import { disbelieve, Issuers, keysOf, Unbelieved } from '#shared/issuers.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import type { IdentityClaims } from './rules/identity-match.ts';
import { refuse } from './rules.ts';
import { Identity } from './schema-identity.ts';

const { ISSUERS: issuers, IDENTITY_SECONDS: seconds } = env({
  ISSUERS: json(Issuers),
  IDENTITY_SECONDS: z.coerce.number().int().min(60).max(3600),
});

/**
 * What the issuer of the sign-in says of the caller, once its signature was verified: said to our portal, of this
 * very account, minutes ago, at a level that is trusted. Throws `enrolment/identity-level` where the sign-in
 * was too weak or the issuer's claims are not trusted here, `enrolment/identity-unproved` for all else.
 */
export async function readIdentity(
  token: string,
  { caller, now }: { caller: SignedIn; now: number },
): Promise<IdentityClaims> {
  const from = issuers.find(({ kind }) => kind === 'holder');
  const trusted = from?.identityClaims;
  const isStrong = (acr: string | undefined) => acr !== undefined && trusted?.acr.includes(acr);
  if (!from || !trusted || !isStrong(caller.acr)) throw refuse('identity-level');
  try {
    const { payload } = await jwtVerify(token, await keysOf(from.issuer), {
      issuer: from.issuer,
      audience: trusted.audience,
      subject: caller.subject,
      algorithms: ['RS256', 'ES256'],
      currentDate: new Date(now),
      clockTolerance: 5,
      maxTokenAge: seconds,
      requiredClaims: ['iat', 'sub', 'aud'],
    }).catch(disbelieve);
    // An ID token says its own level; an answer of userinfo says none.
    const told = z.object({ acr: z.string().optional() }).parse(payload).acr;
    const read = Identity.safeParse(payload);
    if (!read.success) throw new Unbelieved();
    if (told !== undefined && !isStrong(told)) throw refuse('identity-level');
    return withNir(read.data);
  } catch (error) {
    if (error instanceof Unbelieved) throw refuse('identity-unproved');
    throw error;
  }
}

function withNir({ nir, ...claims }: z.infer<typeof Identity>): IdentityClaims {
  if (nir === undefined) return claims;
  const parsed = parseNir(nir);
  if (!parsed.ok) throw new Unbelieved();
  return { ...claims, nir: parsed.nir };
}

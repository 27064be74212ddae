import type { SignedIn } from '#shared/http/caller.ts';
import { Unbelieved } from '#shared/issuers.ts';
import { type AssistedToken, isInSession, loadAssisted } from '#shared/record/assisted.ts';

/**
 * Whom a session at a counter speaks for: a caller of its own kind, so that every route that does not name it
 * refuses it. Throws `Unbelieved` for one that is over, was ended, is of another post, or never was.
 */
export async function assistedCaller(
  token: AssistedToken,
  { address, now }: { address: string; now: number },
): Promise<SignedIn> {
  const session = await loadAssisted(token.session);
  if (!session || !isInSession(session, { secret: token.secret, address, now }))
    throw new Unbelieved();
  const { holder, structure, endsAt } = session;
  return { kind: 'assisted', subject: token.session, holder, structure, endsAt };
}

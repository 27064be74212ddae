import { findOwn } from '#shared/access/grant.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { loadCertificate } from './certificate-store.ts';
import { childOf } from './child-of.ts';
import { routes } from './routes.ts';
import { refuse } from './rules.ts';

/**
 * The signed certificate of the latest deletion of the caller's record, or of that of a child whose guardian he was
 * then. He is known by his account as before: the trace keeps its keyed fingerprint, and a child's its guardians'
 * pseudonyms; nothing but this can be had by it. A form to be printed would be made from the same value.
 */
export const readCertificate = operation(routes.readCertificate, async (asked) => {
  const found =
    asked.actingFor === undefined
      ? (await findOwn(signedIn(asked.caller)))?.standing
      : (await childOf(asked)).status;
  const body = found?.life && (await loadCertificate(found.holder, found.life));
  if (!body) throw refuse('no-certificate');
  return { status: 200, body };
});

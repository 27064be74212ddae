import { findOwn } from '#shared/access/grant.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { loadCertificate } from './certificate-store.ts';
import { routes } from './routes.ts';
import { refuse } from './rules.ts';

/**
 * The signed certificate of the latest deletion of the caller's record. He is known by his account as before:
 * the trace keeps its keyed fingerprint, and nothing but this can be had by it. A form to be printed would be
 * made from the same value.
 */
export const readCertificate = operation(routes.readCertificate, async ({ caller }) => {
  const standing = (await findOwn(signedIn(caller)))?.standing;
  const body = standing?.life && (await loadCertificate(standing.holder, standing.life));
  if (!body) throw refuse('no-certificate');
  return { status: 200, body };
});

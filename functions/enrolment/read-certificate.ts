import { Readable } from 'node:stream';
import { findOwn } from '#shared/access/grant.ts';
import { env, json } from '#shared/env.ts';
import { signedIn } from '#shared/http/caller.ts';
import { streamed } from '#shared/http/streamed.ts';
import { pdfHeaders } from '#shared/paper/pdf-headers.ts';
import { Sender } from '#shared/paper/sender.ts';
import { loadCertificate } from './certificate-store.ts';
import { childOf } from './child-of.ts';
import { certificateSheet } from './papers/certificate-sheet.ts';
import { paperRoutes as routes } from './routes-papers.ts';
import { wantsPdf } from './rules/wants-pdf.ts';
import { refuse } from './rules.ts';

const { LETTER_SENDER: sender } = env({ LETTER_SENDER: json(Sender) });

/**
 * The signed certificate of the latest deletion of the caller's record, or of that of a child whose guardian he was
 * then. He is known by his account as before: the trace keeps its keyed fingerprint, and a child's its guardians'
 * pseudonyms; nothing but this can be had by it. Who asks for PDF gets the same on a sheet.
 */
export const readCertificate = streamed(routes.readCertificate, async (asked) => {
  const found =
    asked.actingFor === undefined
      ? (await findOwn(signedIn(asked.caller)))?.standing
      : (await childOf(asked)).status;
  const signed = found?.life && (await loadCertificate(found.holder, found.life));
  if (!signed) throw refuse('no-certificate');
  const vary = { vary: 'Accept' };
  if (!wantsPdf(asked.accept))
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', ...vary },
      body: Readable.from([JSON.stringify(signed)]),
    };
  return {
    status: 200,
    headers: { ...pdfHeaders('attestation-suppression'), ...vary },
    body: Readable.from([await certificateSheet(signed, sender)]),
  };
});

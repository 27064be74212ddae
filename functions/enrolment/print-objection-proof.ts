import { Readable } from 'node:stream';
import { env, json } from '#shared/env.ts';
import { streamed } from '#shared/http/streamed.ts';
import { pdfHeaders } from '#shared/paper/pdf-headers.ts';
import { Sender } from '#shared/paper/sender.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { objectionSheet } from './papers/objection-sheet.ts';
import { paperRoutes as routes } from './routes-papers.ts';
import { refuse } from './rules.ts';
import { proofTag } from './tags.ts';

const { LETTER_SENDER: sender } = env({ LETTER_SENDER: json(Sender) });

/**
 * Prints the proof of an objection (ENR-40) from what its maker was answered, as often as he likes: the seal
 * says that it is ours, so nobody is looked up, and who has a proof learns nothing that it does not say.
 */
export const printObjectionProof = streamed(routes.printObjectionProof, async ({ body }) => {
  const key = await secretOrNobodys('lookup');
  if (!sameFingerprint(body.seal, proofTag(key, body))) throw refuse('not-our-proof');
  const sheet = await objectionSheet(body, sender);
  return { status: 200, headers: pdfHeaders('preuve-opposition'), body: Readable.from([sheet]) };
});

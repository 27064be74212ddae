import { canonical } from '#shared/kernel/canonical.ts';
import { paper } from '#shared/paper/paper.ts';
import type { Sender } from '#shared/paper/sender.ts';
import type { SignedCertificate } from '../certificate-schema.ts';
import { certificateWords, enclosedName } from './certificate-words.ts';
import { drawProof } from './proof-sheet.ts';

/**
 * A certificate of deletion as a sheet (ENR-43) that carries what was signed: the words are made from the very
 * value that lies inside, and the same certificate gives the same bytes.
 */
export function certificateSheet(signed: SignedCertificate, sender: Sender): Promise<Buffer> {
  const words = certificateWords(signed, sender);
  const encloses = {
    ...{ name: enclosedName, type: 'application/json' },
    description: 'L’attestation signée, à vérifier par un programme',
    bytes: Buffer.from(canonical(signed), 'utf8'),
  };
  const madeAt = Date.parse(signed.certificate.finishedAt);
  return paper({ title: words.title, author: sender.name, madeAt, encloses }, [
    (sheet) => drawProof(sheet, words, sender, 10.5),
  ]);
}

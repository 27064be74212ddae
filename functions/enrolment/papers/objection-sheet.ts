import { paper } from '#shared/paper/paper.ts';
import type { Sender } from '#shared/paper/sender.ts';
import type { Opposed } from '../schema-opposed.ts';
import { objectionWords } from './objection-words.ts';
import { drawProof } from './proof-sheet.ts';

/** The proof of an objection as a sheet (ENR-40): the same proof gives the same bytes, whenever it is printed. */
export function objectionSheet(proof: Opposed, sender: Sender): Promise<Buffer> {
  const words = objectionWords(proof, sender);
  const about = { title: words.title, author: sender.name, madeAt: Date.parse(proof.receivedAt) };
  return paper(about, [(sheet) => drawProof(sheet, words, sender, 13)]);
}

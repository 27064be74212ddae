import type { Fact, Sheet } from '#shared/paper/paper.ts';
import type { Sender } from '#shared/paper/sender.ts';

/** What a sheet that proves something says, in the order of its reading. */
export interface ProofWords {
  readonly title: string;
  readonly opening: readonly string[];
  readonly facts: readonly Fact[];
  readonly sections: readonly {
    readonly heading: string;
    readonly paragraphs: readonly string[];
  }[];
}

const left = 20;
const width = 170;
const namesWidth = 58;

/** Draws it on one sheet, its text `size` points high; throws where it does not fit. */
export function drawProof(sheet: Sheet, words: ProofWords, sender: Sender, size: number): void {
  let y = sheet.text(sender.name, { x: left, y: 16, width, size: 13, font: 'bold' });
  if (sender.notice)
    y = sheet.text(sender.notice, { x: left, y: y + 1, width, size: 9.5, font: 'bold' });
  y = sheet.text(words.title, { x: left, y: y + 10, width, size: 20, font: 'bold', tag: 'H1' });
  for (const text of words.opening) y = sheet.text(text, { x: left, y: y + 3, width, size });
  y = sheet.facts(words.facts, {
    ...{ x: left, y: y + 6, width: namesWidth, size },
    wide: width - namesWidth,
  });
  for (const { heading, paragraphs } of words.sections) {
    y = sheet.text(heading, { x: left, y: y + 4, width, size: 13, font: 'bold', tag: 'H2' });
    for (const text of paragraphs) y = sheet.text(text, { x: left, y: y + 1.5, width, size });
  }
  if (y > 288) throw new Error('a proof is longer than its sheet');
}

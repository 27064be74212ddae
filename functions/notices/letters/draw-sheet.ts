import { column, drawAddress, drawSender } from '#shared/paper/letterhead.ts';
import type { Sheet } from '#shared/paper/paper.ts';
import type { Addressed } from '#shared/paper/postal-address.ts';
import type { Ruler } from '#shared/paper/ruler.ts';
import type { Sender } from '#shared/paper/sender.ts';
import type { Words } from './words.ts';

export interface Drawn {
  readonly person: Addressed;
  readonly reference: string;
  readonly words: Words;
}

const { x, width } = column;

/** Sizes of the text, in points: the first that leaves the letter on its one sheet is taken. */
const sizes = [12, 11.25, 10.5, 9.75] as const;

const gaps = { paragraph: 1.6, heading: 2.8, list: 0.5 } as const;

/** Draws one notice on one sheet, the address in the window (SEC-8). */
export function drawSheet(
  sheet: Sheet,
  { person, reference, words }: Drawn,
  around: { readonly sender: Sender; readonly madeAt: number; readonly measure: Ruler },
): void {
  drawSender(sheet, { ...around, reference });
  drawAddress(sheet, person);
  const size = sizes.find((one) => heightOf(words, one, around.measure) <= roomFor) ?? 9;
  let y = sheet.text(words.title, { x, y: column.y, width, size: 17, font: 'bold', tag: 'H1' });
  const paragraph = (text: string) => {
    y = sheet.text(text, { x, y: y + gaps.paragraph, width, size });
  };
  paragraph(words.greeting);
  for (const { heading, paragraphs, points = [] } of words.sections) {
    if (heading) {
      const piece = { x, y: y + gaps.heading, width, size: size + 1, font: 'bold' } as const;
      y = sheet.text(heading, { ...piece, tag: 'H2' });
    }
    for (const text of paragraphs) paragraph(text);
    if (points.length > 0) y = sheet.list(points, { x, y: y + gaps.list, width, size });
  }
  if (y > column.bottom) throw new Error('a notice is longer than its sheet');
}

const roomFor = column.bottom - column.y;

/** How high a notice stands in a size, in millimetres. */
function heightOf({ title, greeting, sections }: Words, size: number, measure: Ruler): number {
  const text = (words: string) => gaps.paragraph + measure(words, { width, size });
  const heights = sections.map(({ heading, paragraphs, points = [] }) => {
    const headed = heading
      ? gaps.heading + measure(heading, { width, size: size + 1, font: 'bold' })
      : 0;
    const listed = points.map((point) => measure(point, { width: width - 4, size }));
    return sum([headed, ...paragraphs.map(text), ...listed, gaps.list]);
  });
  return sum([measure(title, { width, size: 17, font: 'bold' }), text(greeting), ...heights]);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

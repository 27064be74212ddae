import { type Fact, type Piece, paper, type Sheet } from '#shared/paper/paper.ts';
import { type Ruler, ruler } from '#shared/paper/ruler.ts';
import type { Sender } from '#shared/paper/sender.ts';
import { historyWords, type PrintedHistory, printedEntry } from './history-words.ts';

const left = 20;
const width = 170;
const whenWidth = 55;
const size = 11.5;
const gap = 3;
/** Where a sheet begins and ends, in millimetres from its top; its number stands below. */
const [top, bottom, foot] = [18, 278, 284];

interface Placed extends Piece {
  readonly words: string;
}

/** A history on as many sheets as it takes: tagged, each with its number, no line parted between two. */
export function historyPaper(printed: PrintedHistory, sender: Sender): Promise<Buffer> {
  const measure = ruler();
  const { title, opening } = historyWords(printed, sender);
  const head = headOf({ title, opening }, { sender, measure });
  const parts = onSheets(printed.entries.map(printedEntry), { measure, begin: head.end });
  const draw = (facts: readonly Fact[], at: number) => (sheet: Sheet) => {
    if (at === 0) for (const { words, ...piece } of head.pieces) sheet.text(words, piece);
    const y = at === 0 ? head.end : top;
    const beside = { x: left, y, width: whenWidth, wide: width - whenWidth, size, gap };
    if (facts.length > 0) sheet.facts(facts, beside);
    const number = `${title}, page ${at + 1} sur ${parts.length}`;
    sheet.aside(number, { x: left, y: foot, width, size: 9.5, align: 'right' });
  };
  return paper({ title, author: sender.name, madeAt: printed.printedAt }, parts.map(draw));
}

/** What stands above the first line, and where that begins. */
function headOf(
  { title, opening }: { readonly title: string; readonly opening: readonly string[] },
  { sender, measure }: { readonly sender: Sender; readonly measure: Ruler },
): { pieces: Placed[]; end: number } {
  const pieces: Placed[] = [];
  let end = 16;
  const put = (words: string, as: Omit<Piece, 'x' | 'y' | 'width'>, above: number) => {
    const piece = { ...as, x: left, y: end + above, width, words };
    pieces.push(piece);
    end = piece.y + measure(words, piece);
  };
  put(sender.name, { size: 13, font: 'bold' }, 0);
  if (sender.notice) put(sender.notice, { size: 9.5, font: 'bold' }, 1);
  put(title, { size: 20, font: 'bold', tag: 'H1' }, 8);
  for (const words of opening) put(words, { size: 12 }, 1.5);
  return { pieces, end: end + 7 };
}

/** The lines of each sheet; one sheet where there are none. */
function onSheets(
  facts: readonly Fact[],
  { measure, begin }: { readonly measure: Ruler; readonly begin: number },
): Fact[][] {
  const sheets: Fact[][] = [[]];
  let y = begin;
  for (const fact of facts) {
    const [when, words] = fact;
    const high = Math.max(
      measure(when, { width: whenWidth, size, font: 'bold' }),
      measure(words, { width: width - whenWidth, size }),
    );
    if (y + high > bottom) {
      sheets.push([]);
      y = top;
    }
    sheets.at(-1)?.push(fact);
    y += high + gap;
  }
  return sheets;
}

import { formatCode } from '#shared/kernel/code.ts';
import { greet } from '#shared/mail/letter.ts';
import { column, drawAddress, drawSender } from '#shared/paper/letterhead.ts';
import type { Sheet } from '#shared/paper/paper.ts';
import type { Addressed } from '#shared/paper/postal-address.ts';
import type { Sender } from '#shared/paper/sender.ts';
import type { ChildNamed } from '../mails/for-child.ts';
import type { LetterKind } from '../rules/letter-due.ts';
import { wordsOf } from './words.ts';

/** A letter to be drawn: to whom, with which code (without hyphens), under which reference. */
export interface Letter {
  readonly kind: LetterKind;
  readonly person: Addressed;
  /** Whom it is about, where that is a child of its reader. */
  readonly child?: ChildNamed | undefined;
  readonly code: string;
  /** It brings a code in the place of one that ten wrong ones blocked. */
  readonly afterBurning?: true | undefined;
  readonly reference: string;
}

/** Of a batch, the same for all its letters. */
export interface Around {
  readonly sender: Sender;
  readonly days: number;
  /** When the batch was begun (ms). */
  readonly madeAt: number;
}

const { x: left, width } = column;

/** Where the QR code leads: a page of the site for who holds a letter. No code and nobody's name is in it. */
export const linkOf = ({ site }: Sender): string => new URL('/courrier', site).href;

/** Draws one letter on one sheet (ENR-1, ENR-12). */
export function drawLetter(sheet: Sheet, letter: Letter, around: Around): void {
  const { person, kind, child, afterBurning } = letter;
  const body = bodySize(letter, around);
  const words = wordsOf(kind, { ...around, child, afterBurning });
  head(sheet, letter, around);
  drawAddress(sheet, person);
  let y = sheet.text(words.title, {
    x: left,
    y: column.y,
    width,
    size: 17,
    font: 'bold',
    tag: 'H1',
  });
  const paragraph = (text: string, gap = 2) => {
    y = sheet.text(text, { x: left, y: y + gap, width, size: body });
  };
  paragraph(greeting(person), 2.5);
  for (const text of words.opening) paragraph(text);
  y = code(sheet, letter.code, y + 2.5);
  for (const { heading, paragraph: text, points = [] } of words.sections) {
    y = sheet.text(heading, { x: left, y: y + 3, width, size: 12, font: 'bold', tag: 'H2' });
    paragraph(text, 0.5);
    if (points.length > 0) y = sheet.list(points, { x: left, y: y + 0.5, width, size: body });
  }
  if (y > column.bottom) throw new Error('a letter is longer than its sheet');
}

function head(sheet: Sheet, { reference }: Letter, { sender, madeAt }: Around): void {
  drawSender(sheet, { sender, madeAt, reference });
  const side = 24;
  // The margin of four modules and more is the sheet's own white.
  sheet.qr(linkOf(sender), {
    ...{ x: 210 - 20 - side, y: 14, side },
    says: `Code à photographier : il ouvre la page ${linkOf(sender)}`,
  });
  sheet.text('La page d’aide de ce courrier', {
    x: 130,
    y: 40,
    width: 60,
    size: 9.5,
    align: 'right',
  });
}

/** The code, large, in three groups, in a frame of its own. Answers where the frame ends. */
function code(sheet: Sheet, text: string, y: number): number {
  const height = 19;
  sheet.frame({ x: left, y, width, height });
  const piece = { x: left, width, size: 34, font: 'bold', align: 'center', spaced: 2 } as const;
  sheet.text(formatCode(text), { ...piece, y: y + 2 });
  return y + height;
}

/** A name of more than two lines is left to the address. */
function greeting(person: Addressed): string {
  const named = greet(person);
  return named.length > 90 ? 'Bonjour,' : named;
}

/** A little smaller, in points, where a long name or sender would not leave the letter on its one sheet. */
function bodySize({ person, afterBurning }: Letter, { sender }: Around): number {
  const isLong =
    greeting(person).length > 60 || sender.address.join().length > 80 || sender.site.length > 40;
  if (isLong && afterBurning) return 9.75;
  return isLong || afterBurning ? 10.25 : 11.5;
}

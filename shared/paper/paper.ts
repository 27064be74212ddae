import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { type FontName, fontBytes } from './fonts.ts';
import { qrOf, runsOf } from './qr.ts';

/** Millimetres as points. */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

/** What a piece of text is to somebody who hears the paper read. */
export type Tag = 'H1' | 'H2' | 'P' | 'LBody';

/** A piece of text and where it stands: millimetres from the sheet's upper left corner, size in points. */
export interface Piece {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly font?: FontName;
  readonly tag?: Tag;
  readonly align?: 'left' | 'center' | 'right';
  /** One line that is made smaller until it fits, instead of being broken. */
  readonly fits?: true;
  readonly spaced?: number;
}

/** A name and what it names, in words. */
export type Fact = readonly [name: string, words: string];

/** Where names and words stand: names at `width`, words beside them, `wide` broad; millimetres between two. */
export interface Beside extends Piece {
  readonly wide: number;
  readonly gap?: number;
}

/** A file that lies inside a paper: what the paper says, for a machine. */
export interface Enclosed {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly bytes: Buffer;
}

/** A sheet that is being written; each call answers where its text ended, in millimetres from the top. */
export interface Sheet {
  text(words: string, piece: Piece): number;
  list(points: readonly string[], piece: Piece): number;
  /** What is called how: names in a column of `piece.width`, what they name beside them, `wide` broad. */
  facts(pairs: readonly Fact[], piece: Beside): number;
  /** A square code with its white margin; `says` is read aloud in its place. */
  qr(link: string, at: { x: number; y: number; side: number; says: string }): void;
  /** What stands on each sheet and is not read aloud: its number. */
  aside(words: string, piece: Piece): void;
  /** A frame that means nothing to who hears the paper. */
  frame(at: { x: number; y: number; width: number; height: number }): void;
}

/** Between two lines, of the size of the text. */
export const leading = 0.04;

/** Not known to the library's types yet. */
const accessible: object = { subset: 'PDF/UA' };
const associated: object = { relationship: 'Alternative' };

/**
 * Makes a paper of A4 sheets: PDF/UA-1, French, typefaces embedded. The same input gives the same bytes:
 * `madeAt` (ms) is all that it knows of time.
 */
export async function paper(
  about: {
    readonly title: string;
    readonly author: string;
    readonly madeAt: number;
    readonly encloses?: Enclosed;
  },
  sheets: readonly ((sheet: Sheet) => void)[],
): Promise<Buffer> {
  const made = new Date(about.madeAt);
  const pdf = new PDFDocument({
    ...{ autoFirstPage: false, size: 'A4', margin: 0, lang: 'fr-FR', tagged: true },
    ...{ pdfVersion: '1.7', displayTitle: true, ...accessible },
    // None by default: that would be one of the reader's own.
    font: '',
    info: { Title: about.title, Author: about.author, CreationDate: made, ModDate: made },
  });
  pdf.registerFont('regular', fontBytes('regular'));
  pdf.registerFont('bold', fontBytes('bold'));
  const bytes = buffer(pdf);
  if (about.encloses) enclose(pdf, about.encloses, made);
  const whole = pdf.struct('Document');
  pdf.addStructure(whole);
  for (const write of sheets) {
    pdf.addPage({ size: 'A4', margin: 0 });
    const part = pdf.struct('Sect');
    whole.add(part);
    write(sheetOn(pdf, part));
    part.end();
  }
  whole.end();
  pdf.end();
  return bytes;
}

/** An associated file (PDF 2.0, and PDF/A-3 before it): another form of the same content. */
function enclose(pdf: Pdf, { bytes, ...about }: Enclosed, made: Date): void {
  const dates = { creationDate: made, modifiedDate: made };
  pdf.file(bytes, { ...about, ...dates, ...associated });
}

type Pdf = PDFKit.PDFDocument;
type Structure = PDFKit.PDFStructureElement;

function sheetOn(pdf: Pdf, part: Structure): Sheet {
  const put = (given: string, piece: Piece): number => {
    const words = bound(given);
    const { x, y, width, font = 'regular', align = 'left', spaced = 0 } = piece;
    const size = piece.fits ? fitting(pdf, words, piece) : piece.size;
    pdf.font(font).fontSize(size);
    pdf.text(words, mm(x), mm(y), {
      ...{ width: mm(width), align, lineGap: size * leading, characterSpacing: spaced },
      ...(piece.fits ? { lineBreak: false } : {}),
    });
    const end = piece.fits ? mm(y) + pdf.currentLineHeight(true) : pdf.y;
    return (end * 25.4) / 72;
  };
  return {
    text(words, piece) {
      let end = piece.y;
      part.add(
        pdf.struct(piece.tag ?? 'P', {}, () => {
          end = put(words, piece);
        }),
      );
      return end;
    },
    list(points, piece) {
      let { y } = piece;
      const whole = pdf.struct('L');
      part.add(whole);
      for (const point of points) {
        const item = pdf.struct('LI');
        whole.add(item);
        const at = { ...piece, y };
        item.add(pdf.struct('Lbl', {}, () => void put('•', { ...at, width: 4 })));
        item.add(
          pdf.struct('LBody', {}, () => {
            y = put(point, { ...at, x: piece.x + 4, width: piece.width - 4 });
          }),
        );
        item.end();
      }
      whole.end();
      return y;
    },
    facts(pairs, { wide, gap = 1.5, ...piece }) {
      let { y } = piece;
      const whole = pdf.struct('L');
      part.add(whole);
      for (const [name, words] of pairs) {
        const item = pdf.struct('LI');
        whole.add(item);
        let end = y;
        const write = (words: string, beside: Piece) => () => {
          end = Math.max(end, put(words, beside));
        };
        const at = { ...piece, y };
        item.add(pdf.struct('Lbl', {}, write(name, { ...at, font: 'bold' })));
        const beside = { ...at, x: piece.x + piece.width, width: wide };
        item.add(pdf.struct('LBody', {}, write(words, beside)));
        item.end();
        y = end + gap;
      }
      whole.end();
      return y;
    },
    qr(link, { x, y, side, says }) {
      const rows = qrOf(link);
      const unit = mm(side) / rows.length;
      const draw = () => {
        for (const { across, down, length } of runsOf(rows))
          pdf.rect(mm(x) + across * unit, mm(y) + down * unit, length * unit, unit);
        pdf.fill('#000');
      };
      // Where it stands: asked for by PDF/UA, and not known to the library's types.
      const figure = { alt: says, bbox: [mm(x), mm(y), mm(x + side), mm(y + side)] };
      part.add(pdf.struct('Figure', figure, draw));
    },
    aside(words, piece) {
      pdf.markContent('Artifact', { type: 'Pagination' });
      put(words, piece);
      pdf.endMarkedContent();
    },
    frame({ x, y, width, height }) {
      pdf.markContent('Artifact', { type: 'Layout' });
      pdf.lineWidth(1).roundedRect(mm(x), mm(y), mm(width), mm(height), mm(2)).stroke('#444');
      pdf.fillColor('#000');
      pdf.endMarkedContent();
    },
  };
}

/** The size at which a line keeps within its width. */
function fitting(pdf: Pdf, words: string, { size, width, font = 'regular', spaced = 0 }: Piece) {
  pdf.font(font).fontSize(size);
  const wide = pdf.widthOfString(words, { characterSpacing: spaced });
  return wide <= mm(width) ? size : (size * mm(width)) / wide;
}

/** French punctuation is never parted from its word at the end of a line. */
export const bound = (words: string): string =>
  words.replace(/ (?=[:;?!»])/g, '\u00a0').replace(/« /g, '«\u00a0');

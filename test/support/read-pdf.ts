import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const millimetres = (points: number): number => (points * 25.4) / 72;

/** A piece of text on a sheet: its box in millimetres from the upper left corner. */
export interface Placed {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** The line that the letters stand on. */
  readonly base: number;
  readonly sizePoints: number;
}

/** Opens a PDF with a reader that is not ours. */
export async function openPdf(bytes: Uint8Array) {
  return getDocument({ data: Uint8Array.from(bytes), verbosity: 0 }).promise;
}
export type Opened = Awaited<ReturnType<typeof openPdf>>;

/** The pieces of text of a sheet (from 1), in the order of their writing. */
export async function piecesOf(pdf: Opened, page: number): Promise<Placed[]> {
  const sheet = await pdf.getPage(page);
  const { height } = sheet.getViewport({ scale: 1 });
  const { items } = await sheet.getTextContent();
  return items.flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [, , , size = 0, x = 0, y = 0] = item.transform.map(Number);
    const [left, right] = [millimetres(x), millimetres(x + item.width)];
    return [{ text: item.str, left, right, base: millimetres(height - y), sizePoints: size }];
  });
}

/** All that a sheet says, as one text. */
export async function textOf(pdf: Opened, page: number): Promise<string> {
  return (await piecesOf(pdf, page)).map(({ text }) => text).join(' ');
}

/** The code in a letter's text. */
export function codeIn(text: string): string {
  const [code] = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text) ?? [];
  if (code === undefined) throw new Error('no code stands in the letter');
  return code;
}

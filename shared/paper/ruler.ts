import PDFDocument from 'pdfkit';
import { type FontName, fontBytes } from './fonts.ts';
import { bound, leading, mm } from './paper.ts';

/** How high a text stands when it is written that broad: all in millimetres, `size` in points. */
export type Ruler = (
  words: string,
  as: { readonly width: number; readonly size: number; readonly font?: FontName },
) => number;

/** Measures texts as `Sheet.text` sets them, so that one knows before what fits on a sheet. */
export function ruler(): Ruler {
  const pdf = new PDFDocument({ size: 'A4', margin: 0, font: '' });
  pdf.registerFont('regular', fontBytes('regular'));
  pdf.registerFont('bold', fontBytes('bold'));
  return (words, { width, size, font = 'regular' }) => {
    pdf.font(font).fontSize(size);
    const high = pdf.heightOfString(bound(words), { width: mm(width), lineGap: size * leading });
    return (high * 25.4) / 72;
  };
}

import { encode } from 'uqr';

/** The dark squares of a QR code, row by row, without its quiet zone; it may lose 15 % and is read still. */
export function qrOf(text: string): readonly (readonly boolean[])[] {
  return encode(text, { ecc: 'M', border: 0 }).data;
}

/** Dark squares side by side as one bar each: a third of the shapes to draw. */
export function* runsOf(rows: readonly (readonly boolean[])[]) {
  for (const [down, row] of rows.entries())
    for (let across = 0; across < row.length; across += 1) {
      const from = across;
      while (row[across]) across += 1;
      if (across > from) yield { across: from, down, length: across - from };
    }
}

import { frenchDay, parisDay } from '../kernel/calendar.ts';
import { grouped } from '../kernel/ids.ts';
import type { Sheet } from './paper.ts';
import { type Addressed, postalLines } from './postal-address.ts';
import type { Sender } from './sender.ts';

/** The window of a French DL envelope on the folded sheet, in millimetres. */
export const window = { x: 110, y: 55, width: 85, height: 33 } as const;

/** Where a letter's own text begins, and how broad it is, in millimetres. */
export const column = { x: 20, y: 95, width: 170, bottom: 288 } as const;

/** Who writes, when, and by which reference the letter is known. `madeAt` in ms. */
export function drawSender(
  sheet: Sheet,
  { sender, madeAt, reference }: { sender: Sender; madeAt: number; reference: string },
): void {
  const across = { x: column.x, width: 85 };
  let y = sheet.text(sender.name, { ...across, y: 14, size: 13, font: 'bold' });
  for (const line of sender.address) y = sheet.text(line, { ...across, y, size: 9.5 });
  if (sender.notice) sheet.text(sender.notice, { ...across, y: y + 2, size: 9.5, font: 'bold' });
  const day = frenchDay(parisDay(madeAt));
  sheet.text(`Courrier préparé le ${day}`, { ...across, y: 72, size: 9.5 });
  sheet.text(`Référence du courrier : ${grouped(reference)}`, {
    ...across,
    y: 77,
    size: 9.5,
  });
}

/** The address, where the envelope's window shows it. */
export function drawAddress(sheet: Sheet, person: Addressed): void {
  postalLines(person).forEach((line, at) => {
    sheet.text(line, {
      x: window.x + 3,
      y: window.y + 1.5 + at * 5,
      width: 79,
      size: 10.5,
      fits: true,
    });
  });
}

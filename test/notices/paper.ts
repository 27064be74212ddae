import { type DayLetter, loadLetter } from '#functions/notices/letter-store.ts';
import { Batch, Manifest } from '#functions/notices/schema-letters.ts';
import { loadSince } from '#shared/journal/head.ts';
import { laneOf } from '#shared/journal/lanes.ts';
import { addDays, parisDay } from '#shared/kernel/calendar.ts';
import { openPdf, piecesOf, textOf } from '#test/support/read-pdf.ts';
import { world } from './in-process.ts';

/** What the print shop and the campaign's agent do with notices on paper, over HTTP. */
export async function asks(
  path: string,
  { body, as = 'imprimerie' }: { body?: unknown; as?: string } = {},
) {
  return world.request({
    ...{ path: `/notices/letter-batches${path}`, token: await world.token(as) },
    ...(body === undefined ? {} : { method: 'POST', body }),
  });
}

/** The day of Paris in so many days. */
export const dayIn = async (days: number) => addDays(parisDay(Date.parse(await world.now())), days);

/** The letters of a record on the day on which they are due. */
export async function letterOf(day: string, holder: string): Promise<DayLetter> {
  const letter = await loadLetter(day, holder);
  if (!letter) throw new Error('no letter of that day');
  return letter;
}

export const batchOf = async (batch: string) => Batch.parse((await asks(`/${batch}`)).body);

/** Each sheet of a batch by its reference, as who opens it reads it: its text, and what the window shows. */
export async function sheetsOf(batch: string) {
  const manifest = Manifest.parse((await asks(`/${batch}/manifest`)).body);
  const { bytes } = await asks(`/${batch}/letters`);
  const pdf = await openPdf(bytes);
  const read = manifest.pages.map(async ({ page, reference }) => {
    const pieces = await piecesOf(pdf, page);
    const inWindow = pieces.filter(({ left, base }) => left > 110 && base > 55 && base < 88);
    const window = inWindow.map(({ text }) => text);
    return [reference, { text: await textOf(pdf, page), window }] as const;
  });
  return new Map(await Promise.all(read));
}

/** What the room says in a holder's journal of his letters. */
export async function postedTo(holder: string): Promise<string[]> {
  const { lines } = await loadSince({ holder, lane: laneOf('notices'), seq: 1 });
  return lines
    .filter(({ action }) => action !== 'notices/tell-holder')
    .map(({ action, channel, object }) => `${action} ${channel} ${object.to ?? ''}`.trim());
}

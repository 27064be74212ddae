import { hash } from 'node:crypto';
import { env, json } from '#shared/env.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { paper } from '#shared/paper/paper.ts';
import { ruler } from '#shared/paper/ruler.ts';
import { Sender } from '#shared/paper/sender.ts';
import { newId } from '#shared/random.ts';
import { type DayLetter, loadLetter, type StoredSheet } from './letter-store.ts';
import { type Drawn, drawSheet } from './letters/draw-sheet.ts';
import { wordsOf } from './letters/words.ts';
import { mailFor } from './mails/mail-for.ts';
import { announces } from './rules.ts';
import { noteSheets } from './sheet-writes.ts';
import { putSheets } from './sheets-bucket.ts';
import { sheetsOf, type ToPrint } from './sheets-of.ts';

const { LETTER_SENDER: sender } = env({ LETTER_SENDER: json(Sender) });
const lanes = 8;

/** Characters of a reference: 80 random bits, so that no slip of the pen hits another letter. */
const referenceLength = 16;

/**
 * Makes and keeps the sheets of some letters. Killed anywhere and done again, each sheet keeps its reference, since it
 * stands with its letter; who has died meanwhile is left out. Undefined where nothing is left to print. `now` in ms.
 */
export async function printBatch(letters: readonly DayLetter[], batch: string, now: number) {
  const parts: Drawn[][] = [];
  await inLanes(letters.entries(), lanes, async ([at, letter]) => {
    const wanted = await sheetsOf(letter, now);
    const sheets = await named(letter, wanted, batch);
    parts[at] = wanted.flatMap((one) => {
      const named = sheets.find(({ reader, code }) => reader === one.reader && code === one.code);
      return named ? [drawn(one, named.reference)] : [];
    });
  });
  const all = parts.flat();
  if (all.length === 0) return undefined;
  const around = { sender, madeAt: now, measure: ruler() };
  const bytes = await paper(
    { title: `${sender.name} : courriers ${batch}`, author: sender.name, madeAt: now },
    all.map((one) => (sheet) => drawSheet(sheet, one, around)),
  );
  const sha256 = hash('sha256', bytes);
  await putSheets({ batch, sha256 }, bytes);
  const references = all.map(({ reference }) => reference);
  return { sha256, sizeBytes: bytes.length, references };
}

/** The sheets of a letter with their references, noted with it; none where its record was deleted since. */
async function named(
  letter: DayLetter,
  wanted: readonly ToPrint[],
  batch: string,
): Promise<readonly StoredSheet[]> {
  if (letter.sheets) return letter.batch === batch ? letter.sheets : [];
  if (wanted.length === 0) return [];
  const sheets = wanted.map(({ reader, code, tellings }) => ({
    ...{ reference: newId().slice(0, referenceLength), reader, code },
    notices: tellings.map(({ notice }) => notice),
  }));
  if (await noteSheets(letter, { batch, sheets })) return sheets;
  const now = await loadLetter(letter.day, letter.holder);
  return now?.batch === batch ? (now.sheets ?? []) : [];
}

function drawn({ code, person, child, standing, tellings }: ToPrint, reference: string): Drawn {
  const last = tellings.at(-1);
  const mail = mailFor(code, { ...standing, ...last, person, about: child });
  const instants = announces(code) ? [] : tellings.map(({ at }) => at);
  return { person, reference, words: wordsOf(mail, { sender, person, instants }) };
}

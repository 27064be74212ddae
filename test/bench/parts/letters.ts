import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { drawLetter, type Letter } from '#functions/enrolment/letters/letter.ts';
import { stageOf } from '#infra/config.ts';
import { codeOf } from '#shared/kernel/code.ts';
import { fontBytes } from '#shared/paper/fonts.ts';
import { mm, paper } from '#shared/paper/paper.ts';
import { Sender } from '#shared/paper/sender.ts';
import { timed } from '../report.ts';
import { interleave, median, ratioOf } from '../rounds.ts';
import { found, goals, plan, raw } from '../tools.ts';

const text: unknown = JSON.parse(stageOf('prod').parameters.LETTER_SENDER ?? '');
const around = { sender: Sender.parse(text), days: 42, madeAt: 0 };
const about = { title: 'Courriers', author: around.sender.name, madeAt: 0 };

const letterTo = (n: number): Letter => ({
  kind: 'invitation',
  person: {
    ...{ sex: 'F', givenNames: 'Odette', birthName: `DURAND${n}`, usedName: '' },
    ...{ addressLine: `${n} place de la Mairie`, postcode: '48000', city: 'Mende' },
  },
  ...{
    code: codeOf(Uint8Array.from({ length: 11 }, (_, at) => n + at)),
    reference: 'a'.repeat(16),
  },
});

const ours = (count: number) => () =>
  paper(
    about,
    Array.from({ length: count }, (_, n) => (sheet) => drawLetter(sheet, letterTo(n), around)),
  );

/** The same library with the same typefaces and about as many words, without structure or layout of ours. */
async function bare(count: number): Promise<void> {
  const pdf = new PDFDocument({ autoFirstPage: false, size: 'A4', margin: 0, font: '' });
  const bytes = buffer(pdf);
  pdf.registerFont('regular', fontBytes('regular')).registerFont('bold', fontBytes('bold'));
  for (let page = 0; page < count; page += 1) {
    pdf.addPage().font('bold').fontSize(34).text('7K3M-9QX2-T4WB', mm(20), mm(120));
    pdf.font('regular').fontSize(11.5);
    for (let line = 0; line < 26; line += 1)
      pdf.text(`${page} ${words}`, mm(20), mm(140 + 5 * line), { width: mm(170) });
  }
  pdf.end();
  await bytes;
}
const words =
  'L’Assurance Maladie va ouvrir pour vous un espace sur internet, gratuit : dossier médical.';

const side = (act: () => Promise<unknown>) => async () => {
  const from = performance.now();
  await act();
  return performance.now() - from;
};

/** Letters a second, one by one and by the batch, against bare pages of the same library. */
export async function letters(): Promise<void> {
  for (const { count, rounds } of plan.letters) {
    const baseline = side(() => bare(count));
    const times = await interleave(
      { bare: baseline, ours: side(ours(count)), again: baseline },
      rounds,
      2,
    );
    const rate = (of: readonly number[]) => ((1000 * count) / median(of)).toFixed(0);
    const { length } = await ours(count)();
    found(
      timed(count === 1 ? 'letters, one by one' : `letters, ${count} in a batch`, {
        ratio: ratioOf([...times.bare, ...times.again], times.ours),
        least: count === 1 ? goals.letter : goals.letters,
        noise: ratioOf(times.bare, times.again),
        more: `${rate(times.ours)}/s beside ${rate(times.bare)}/s bare, ${(length / count / 1024).toFixed(1)} KiB each`,
      }),
    );
    raw[`letters ${count}`] = times;
  }
}

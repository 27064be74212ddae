import { describe, expect, test } from 'vitest';
import { drawSheet } from '#functions/notices/letters/draw-sheet.ts';
import { wordsOf } from '#functions/notices/letters/words.ts';
import { mailFor } from '#functions/notices/mails/mail-for.ts';
import { NoticeCode } from '#functions/notices/schema.ts';
import { window } from '#shared/paper/letterhead.ts';
import { paper } from '#shared/paper/paper.ts';
import { ruler } from '#shared/paper/ruler.ts';
import { openPdf, piecesOf, textOf } from '#test/support/read-pdf.ts';

const sender = {
  name: 'Mon espace santé',
  address: ['Service des courriers', '1 rue de la Démonstration', '00000 DÉMONSTRATION'],
  site: 'https://mon-espace-sante.example',
  phone: '3422',
  notice: 'Service de démonstration, non officiel.',
};
const person = {
  ...{ nir: '185059900100132', birthDate: '1985-05-12', sex: 'F' as const },
  ...{ givenNames: 'Odette, Marie', birthName: 'DURAND', usedName: '' },
  ...{ addressLine: '1 place de la Mairie', postcode: '48000', city: 'Mende' },
};
/** The longest that an import takes, in the widest letters. */
const longest = {
  ...person,
  givenNames: 'M'.repeat(120),
  usedName: `${'M'.repeat(39)} ${'W'.repeat(40)}`,
  addressLine: `${'W'.repeat(38)} ${'M'.repeat(38)} ${'W'.repeat(41)}`,
  city: 'W'.repeat(80),
};
const standing = {
  ...{ status: 'open' as const, department: '48', deadlineAt: '2022-03-21T23:00:00.000Z' },
  ...{ deleteFrom: '2022-05-01T22:00:00.000Z', closeFrom: '2022-05-01T22:00:00.000Z' },
  child: { attachedTo: 'a'.repeat(26), adultOn: '2032-05-01' },
  closing: { until: '2022-05-01T22:00:00.000Z', deletion: true },
  agentClosing: { until: '2022-05-01T22:00:00.000Z', deletion: true, state: 'waiting' as const },
};
const reference = 'abcdefghjkmnpqrs';
const madeAt = Date.parse('2022-02-14T04:20:00Z');

const made = (
  code: NoticeCode,
  about: string | undefined,
  who = person,
  instants = ['2022-02-07T09:00:00.000Z'],
) => {
  const mail = mailFor(code, { ...standing, person: who, about, reference: 'r'.repeat(26) });
  const words = wordsOf(mail, { sender, person: who, instants });
  const around = { sender, madeAt, measure: ruler() };
  return paper({ title: 'Courriers', author: 'Mon espace santé', madeAt }, [
    (sheet) => drawSheet(sheet, { person: who, reference, words }, around),
  ]);
};

describe('SEC-8, ACC-50: a notice on paper', () => {
  test.each(NoticeCode.options)(
    '%s stands on one sheet, for its holder and for a guardian',
    async (code) => {
      for (const about of [undefined, 'M'.repeat(30)])
        for (const who of [person, longest]) {
          const pdf = await openPdf(await made(code, about, who));
          expect(pdf.numPages).toBe(1);
          const pieces = await piecesOf(pdf, 1);
          for (const { base, right } of pieces) {
            expect(base).toBeLessThan(290);
            expect(right).toBeLessThan(200);
          }
          const text = await textOf(pdf, 1);
          expect(text).toContain('Cela s’est passé le lundi 7 février 2022');
          expect(text).toContain('3422');
          expect(text).not.toMatch(/\d{13}|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
        }
    },
  );

  test('says its name in the window, what happened, and what one can do', async () => {
    const pdf = await openPdf(await made('OUVERTURE', undefined));
    const inWindow = (await piecesOf(pdf, 1)).filter(
      ({ left, base }) => left >= window.x && base > window.y && base < window.y + window.height,
    );
    expect(inWindow.map(({ text }) => text)).toEqual([
      ...['MME ODETTE DURAND', '1 PLACE DE LA MAIRIE', '48000 MENDE'],
    ]);
    const text = await textOf(pdf, 1);
    for (const said of ['Votre espace est ouvert', 'Bonjour Odette DURAND,', 'au 3422'])
      expect(text).toContain(said);
    expect(Buffer.from(await made('OUVERTURE', undefined)).toString('latin1')).toMatch(/pdfuaid/);
  });

  test('several of one kind are one sheet, which says how many and when the last one was', async () => {
    const instants = ['2022-02-08T09:00:00.000Z', '2022-02-07T09:00:00.000Z'];
    const pdf = await openPdf(await made('AJOUT_DOCUMENT', undefined, person, instants));
    expect(await textOf(pdf, 1)).toMatch(
      /passé 2 fois\. La dernière fois, c’était le mardi 8 février 2022/,
    );
  });

  test('the same sheet is the same bytes', async () => {
    expect(await made('CLOTURE', undefined)).toEqual(await made('CLOTURE', undefined));
  });
});

import { describe, expect, test } from 'vitest';
import { historyPaper } from '#functions/journal/papers/history-paper.ts';
import {
  historyWords,
  mostPrinted,
  type PrintedHistory,
  printedEntry,
} from '#functions/journal/papers/history-words.ts';
import type { HistoryEntry } from '#functions/journal/schema.ts';
import { longestSender, sender } from '#test/enrolment/papers/sheets.ts';
import { openPdf, piecesOf, textOf } from '#test/support/read-pdf.ts';

const dayMs = 86_400_000;
const printedAt = Date.parse('2022-03-27T00:59:59.000Z');
const entry = (at: number, change: Partial<HistoryEntry> = {}): HistoryEntry => ({
  ...{ id: `e${at}`, actorType: 'HEALTHCARE_PROFESSIONAL', group: 'MEDICAL_DOCUMENT' },
  actorDisplayName: 'Docteure Jeanne Modèle, Cabinet de la Mairie',
  actionDate: new Date(printedAt - at * dayMs).toISOString(),
  actionDescription: `Consultation d’un document numéro ${at}.`,
  ...{ outcome: 'done', mode: 'normal' },
  ...change,
});
const printed = (count: number, change: Partial<PrintedHistory> = {}): PrintedHistory => ({
  ...{ query: {}, isCut: false, isChilds: false, printedAt },
  entries: Array.from({ length: count }, (_, at) => entry(at)),
  ...change,
});
const sheetsOf = async (given: PrintedHistory, by = sender) => {
  const pdf = await openPdf(await historyPaper(given, by));
  const pages = Array.from({ length: pdf.numPages }, (_, at) => at + 1);
  const texts = await Promise.all(pages.map((page) => textOf(pdf, page)));
  return { pdf, pages, texts: texts.map((text) => text.replace(/\s+/g, ' ')) };
};

describe('L1111-19, ACC-53: the history on paper', () => {
  test('says when, what and who of each line, in the hours of Paris', async () => {
    const { texts } = await sheetsOf(printed(1));
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('Historique de votre espace');
    expect(texts[0]).toContain('Imprimé le dimanche 27 mars 2022 à 1 h 59.');
    expect(texts[0]).toContain('Consultation d’un document numéro 0.');
    expect(texts[0]).toContain('Qui : Docteure Jeanne Modèle, Cabinet de la Mairie');
    expect(texts[0]).toContain('page 1 sur 1');
  });

  test('with no line says so, on one sheet', async () => {
    const { texts } = await sheetsOf(printed(0));
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('Il n’y a aucune ligne à imprimer.');
  });

  test.each([sender, longestSender])(
    'goes on over sheets: each line once, none parted, each sheet numbered',
    async (by) => {
      const { pdf, pages, texts } = await sheetsOf(printed(90), by);
      expect(pages.length).toBeGreaterThan(4);
      for (const [at, text] of texts.entries())
        expect(text).toContain(`page ${at + 1} sur ${pages.length}`);
      const told = texts.flatMap((text) =>
        [...text.matchAll(/numéro (\d+)\./g)].map(([, one]) => one),
      );
      expect(told).toEqual(Array.from({ length: 90 }, (_, at) => String(at)));
      for (const page of pages) {
        const pieces = await piecesOf(pdf, page);
        const lines = pieces.filter(({ text }) => !/page \d+ sur/.test(text));
        expect(Math.max(...lines.map(({ base }) => base))).toBeLessThan(279);
        expect(Math.max(...pieces.map(({ right }) => right))).toBeLessThan(191);
      }
    },
  );

  test('is tagged, in French, with its title, and has the same bytes again', async () => {
    const bytes = await historyPaper(printed(3), sender);
    expect(await historyPaper(printed(3), sender)).toEqual(bytes);
    const pdf = await openPdf(bytes);
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: 'Historique de votre espace', Language: 'fr-FR' });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
    for (const role of ['"H1"', '"L"', '"LI"', '"Lbl"', '"LBody"']) expect(tree).toContain(role);
  });
});

describe('L1111-19: what the first sheet says of its lines', () => {
  const words = (change: Partial<PrintedHistory>, count = 2) =>
    historyWords(printed(count, change), sender).opening.join(' ');

  test('which days and what of them were asked for', () => {
    const [from, until] = ['2022-02-01', '2022-03-01'];
    expect(words({ query: { from, until } })).toContain(
      'Du mardi 1er février 2022 au mardi 1er mars 2022.',
    );
    expect(words({ query: { from } })).toContain('Depuis le mardi 1er février 2022.');
    expect(words({ query: { until } })).toContain('Jusqu’au mardi 1er mars 2022.');
    expect(words({ query: { group: 'MEDICAL_DOCUMENT' } })).toContain('Seulement : les documents.');
  });

  test('how many there are, and how one gets those that did not fit', () => {
    expect(mostPrinted).toBe(500);
    expect(words({}, 1)).toContain('Une ligne.');
    expect(words({})).toContain('2 lignes.');
    expect(words({})).not.toContain('plus anciennes');
    expect(words({ isCut: true })).toContain(
      'Il y a des lignes plus anciennes. Pour les avoir, demandez une impression jusqu’au samedi 26 mars 2022.',
    );
    expect(words({ isCut: true }, 0)).toContain('Il y a peut-être des lignes plus anciennes.');
  });

  test('whose it is: one’s own, or a child’s', () => {
    expect(historyWords(printed(1, { isChilds: true }), sender).title).toBe(
      'Historique de l’espace de votre enfant',
    );
  });

  test.each([
    ['normal', undefined],
    ['assisted', undefined],
    ['secret', 'Connexion secrète'],
    ['break-glass', 'En urgence (bris de glace)'],
    ['regulation', 'Par le centre 15 (régulation)'],
  ] as const)('an access of mode %s: %s', (mode, said) => {
    const [, told] = printedEntry(entry(0, { mode }));
    expect(told.split('\n').slice(2)).toEqual(said === undefined ? [] : [said]);
  });
});

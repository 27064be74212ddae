import { createCanvas } from '@napi-rs/canvas';
import jsqr from 'jsqr';
import { describe, expect, test } from 'vitest';
import {
  type Around,
  drawLetter,
  type Letter,
  linkOf,
} from '#functions/enrolment/letters/letter.ts';
import { longestName } from '#functions/enrolment/mails/for-child.ts';
import { StageName, stageOf } from '#infra/config.ts';
import { window } from '#shared/paper/letterhead.ts';
import { paper } from '#shared/paper/paper.ts';
import { type Addressed, lineLength, mostLines } from '#shared/paper/postal-address.ts';
import { Sender } from '#shared/paper/sender.ts';
import { type Opened, openPdf, piecesOf, textOf } from '#test/support/read-pdf.ts';

const around: Around = {
  sender: {
    name: 'Mon espace santé',
    address: ['Service des courriers', '1 rue de la Démonstration', '00000 DÉMONSTRATION'],
    site: 'https://mon-espace-sante.example',
    phone: '3422',
    notice: 'Service de démonstration, non officiel.',
  },
  days: 42,
  madeAt: Date.parse('2022-02-07T09:00:00Z'),
};
const person: Addressed = {
  ...{ sex: 'F', givenNames: 'Odette, Marie', birthName: 'DURAND', usedName: '' },
  ...{ addressLine: '1 place de la Mairie', postcode: '48000', city: 'Mende' },
};
const letter: Letter = {
  ...{ kind: 'invitation', person, code: '7K3M9QX2T4WB', reference: 'abcdefghjkmnpqrs' },
};
/** The longest that an import takes, in the widest letters. */
const longest = {
  ...person,
  givenNames: 'M'.repeat(120),
  birthName: 'Wolfeschlegelsteinhausen-Œuvrard de Montmorency',
  usedName: `${'M'.repeat(39)} ${'W'.repeat(40)}`,
  addressLine: `${'W'.repeat(38)} ${'M'.repeat(38)} ${'W'.repeat(41)}`,
  city: 'W'.repeat(80),
};

const made = (letters: readonly Letter[], about = around) =>
  paper(
    { title: 'Courriers', author: 'Mon espace santé', madeAt: about.madeAt },
    letters.map((one) => (sheet) => drawLetter(sheet, one, about)),
  );

/** The lines that stand where the envelope's window is. */
async function inWindow(pdf: Opened, page = 1) {
  const pieces = await piecesOf(pdf, page);
  return pieces.filter(({ left, base }) => left > 100 && base > 50 && base < 92);
}

describe('ENR-1: the letter that announces an opening', () => {
  test('is one A4 sheet, and says what opens, until when one may refuse, and how', async () => {
    const pdf = await openPdf(await made([letter]));
    expect(pdf.numPages).toBe(1);
    const [, , width = 0, height = 0] = (await pdf.getPage(1)).view;
    expect([width, height].map(Math.round)).toEqual([595, 842]);
    const text = await textOf(pdf, 1);
    for (const words of [
      'Mon espace santé va être ouvert pour vous',
      'dans les six semaines suivant l’envoi de ce courrier',
      'votre espace sera ouvert six semaines après l’envoi',
      'rubrique « Refuser mon espace »',
      'au 3422',
      'par courrier signé',
      'Service de démonstration, non officiel.',
      'Courrier préparé le lundi 7 février 2022',
      'abcd efgh jkmn pqrs',
    ])
      expect(text.replace(/\s+/g, ' ')).toContain(words);
  });

  test('the code stands in three groups, 34 points high, alone on its line', async () => {
    const pieces = await piecesOf(await openPdf(await made([letter])), 1);
    const found = pieces.filter(({ text }) => text.includes('7K3M'));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ text: '7K3M-9QX2-T4WB', sizePoints: 34 });
    const beside = pieces.filter(({ base }) => Math.abs(base - (found[0]?.base ?? 0)) < 8);
    expect(beside).toHaveLength(1);
  });

  test('ENR-12: one that only brings a code says so, and promises no opening', async () => {
    const text = await textOf(await openPdf(await made([{ ...letter, kind: 'code' }])), 1);
    expect(text).toContain('Votre nouveau code provisoire');
    expect(text).not.toContain('sera ouvert');
  });
});

describe('ENR-14: a letter in the place of a code that was blocked', () => {
  const burnt = { ...letter, afterBurning: true } as const;
  const textFor = async (one: Letter) =>
    (await textOf(await openPdf(await made([one])), 1)).replace(/\s+/g, ' ');

  test('says so, and of who decides still that his time begins anew', async () => {
    const text = await textFor(burnt);
    expect(text).toContain('Un code faux a été donné dix fois');
    expect(text).toContain('le délai repart de zéro');
    expect(text).toContain('Mon espace santé va être ouvert pour vous');
  });
  test('says to nobody that he asked for it', async () => {
    for (const child of [undefined, { name: 'Noé', rank: undefined }]) {
      const text = await textFor({ ...burnt, kind: 'code', child });
      expect(text).toContain('l’ancien code est bloqué');
      expect(text).toContain('Ces essais ne viennent pas de vous');
      expect(text).not.toContain('demandé');
    }
  });
});

describe('the address', () => {
  test.each([
    ['a usual one', person],
    ['the longest that an import takes', longest],
    ['one without a street', { ...person, addressLine: '' }],
    [
      'six lines',
      { ...person, addressLine: Array.from({ length: 4 }, () => 'A'.repeat(28)).join(' ') },
    ],
  ])(
    '%s stands in the window of the envelope, in lines that a machine reads',
    async (_what, to) => {
      const pdf = await openPdf(await made([{ ...letter, person: to }]));
      expect(pdf.numPages).toBe(1);
      const lines = await inWindow(pdf);
      expect(lines.length).toBeLessThanOrEqual(mostLines);
      expect(lines.length).toBeGreaterThanOrEqual(2);
      for (const { text, left, right, base, sizePoints } of lines) {
        expect(text).toMatch(/^[A-Z0-9 ]+$/);
        expect(text.length).toBeLessThanOrEqual(lineLength);
        expect(left).toBeGreaterThan(window.x);
        expect(right).toBeLessThan(window.x + window.width);
        expect(base - (sizePoints * 25.4) / 72).toBeGreaterThan(window.y);
        expect(base + 1).toBeLessThan(window.y + window.height);
      }
      const gaps = lines.slice(1).map(({ base }, at) => base - (lines[at]?.base ?? 0));
      for (const gap of gaps) expect(gap).toBeGreaterThan(4);
    },
  );

  test('nothing else is seen through the window, wherever the sheet slips in it', async () => {
    const pieces = await piecesOf(await openPdf(await made([{ ...letter, person: longest }])), 1);
    const seen = pieces.filter(
      ({ right, base }) =>
        right > window.x - 5 && base > window.y - 5 && base - 4 < window.y + window.height + 5,
    );
    expect(seen.every(({ text }) => /^[A-Z0-9 ]+$/.test(text))).toBe(true);
  });

  test('the longest sender, name and address leave the letter on its one sheet', async () => {
    const line = 'M'.repeat(38);
    const sender = {
      ...around.sender,
      name: line,
      address: [line, line, line],
      notice: 'M'.repeat(60),
    };
    const longestSite = `https://${'m'.repeat(24)}.example`;
    const about = { ...around, sender: { ...sender, site: longestSite } };
    const named = { ...person, givenNames: '', usedName: 'M'.repeat(80) };
    const all = [letter, { ...letter, afterBurning: true } as const];
    const pdf = await openPdf(
      await made(
        all.map((one) => ({ ...one, person: named })),
        about,
      ),
    );
    expect(pdf.numPages).toBe(2);
  });
});

describe('the QR code', () => {
  test('leads to a page of the site, and holds no code, no reference and nobody', async () => {
    const pdf = await openPdf(await made([letter]));
    const page = await pdf.getPage(1);
    const viewport = page.getViewport({ scale: 2 });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    const context = canvas.getContext('2d');
    // The reader draws on any canvas that has the browser's calls.
    await page.render({ canvasContext: Object(context), viewport, canvas: Object(canvas) }).promise;
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    const seen = jsqr.default(Uint8ClampedArray.from(data), width, height);
    expect(seen?.data).toBe(linkOf(around.sender));
    const link = new URL(seen?.data ?? '');
    expect([link.search, link.hash, link.pathname]).toEqual(['', '', '/courrier']);
  });
});

test.each(StageName.options)('the sender of %s fits a letter', async (name) => {
  const text: unknown = JSON.parse(stageOf(name).parameters.LETTER_SENDER ?? '');
  const pdf = await openPdf(await made([letter], { ...around, sender: Sender.parse(text) }));
  expect(pdf.numPages).toBe(1);
});

describe('who hears the letter read', () => {
  test('gets a French, titled document with headings, a list and words for the QR code (PDF/UA-1)', async () => {
    const bytes = await made([letter, letter]);
    const pdf = await openPdf(bytes);
    const { info, metadata } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: 'Courriers', Language: 'fr-FR' });
    expect(metadata?.get('pdfuaid:part')).toBe('1');
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    expect(await pdf.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
    const tree = JSON.stringify(await (await pdf.getPage(2)).getStructTree());
    for (const role of ['Document', 'Sect', 'H1', 'H2', 'P', 'L', 'LI', 'LBody', 'Figure'])
      expect(tree).toContain(`"role":"${role}"`);
    expect(tree).toContain('Code à photographier');
    expect(Buffer.from(bytes).includes('/Subtype /Type1')).toBe(false);
  });

  test('the same letters are the same bytes, so a batch that is made again is the same batch', async () => {
    const [one, other] = [await made([letter]), await made([letter])];
    expect(one.equals(other)).toBe(true);
  });
});

describe('ENR-4, MIN-1: a letter about a child', () => {
  const child = { name: 'Noé', rank: undefined };

  test('is addressed to the guardian, and names the child by the first name', async () => {
    const text = await textOf(await openPdf(await made([{ ...letter, child }])), 1);
    for (const words of ['Bonjour Odette DURAND', 'votre enfant Noé', '7K3M-9QX2-T4WB'])
      expect(text).toContain(words);
    expect(text).toContain('la date de naissance de Noé');
    expect(text).toContain('représentant légal');
  });

  test.each(['invitation', 'code'] as const)(
    '%s: leaves the longest names on one sheet',
    async (kind) => {
      const twin = { name: 'M'.repeat(longestName), rank: 9 };
      const twice = [letter, { ...letter, person: longest }];
      const burnt = twice.map((one) => ({ ...one, afterBurning: true as const }));
      const all = [...twice, ...burnt].map((one) => ({
        ...one,
        kind,
        child: twin,
      }));
      expect((await openPdf(await made(all))).numPages).toBe(4);
    },
  );
});

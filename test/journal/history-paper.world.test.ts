import { afterEach, describe, expect, test } from 'vitest';
import { History } from '#functions/journal/schema.ts';
import { openPdf, textOf } from '#test/support/read-pdf.ts';
import { asks, type Holder, linked, world } from './record.ts';

afterEach(() => world.clearFaults());

const print = (one: Holder, query = '') => asks(one, `/journal/history/paper${query}`);

/** All that a paper says, and on how many sheets. */
async function said(bytes: Uint8Array) {
  const pdf = await openPdf(bytes);
  const pages = Array.from({ length: pdf.numPages }, (_, at) => at + 1);
  const texts = await Promise.all(pages.map((page) => textOf(pdf, page)));
  return { sheets: pdf.numPages, text: texts.join(' ').replace(/\s+/g, ' ') };
}
const printings = async (one: Holder) =>
  History.parse((await asks(one, '/journal/history')).body).entries.filter(
    ({ actionDescription }) => actionDescription === 'Impression de votre historique',
  );

describe('L1111-19: the history on paper', () => {
  test('is what the holder may see of it, and stands in it from then on', async () => {
    const one = await linked([
      { at: '2022-01-10T09:00:00.000Z', lane: 1, mode: 'break-glass' },
      { at: '2022-01-11T09:00:00.000Z', lane: 9, action: 'documents/search-documents' },
      {
        ...{ at: '2022-01-12T09:00:00.000Z', action: 'enrolment/import-insured' },
        actor: { kind: 'system', id: 'import' },
      },
    ]);
    const { status, headers, bytes } = await print(one);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="historique.pdf"',
      'cache-control': 'no-store',
    });
    const { sheets, text } = await said(bytes);
    expect(sheets).toBe(1);
    expect(text).toContain('2 lignes.');
    expect(text).toContain('lundi 10 janvier 2022 à 10 h 00 Consultation d’un document');
    expect(text).toContain('Qui : Docteur Hélène Inventée En urgence (bris de glace)');
    expect(text).not.toContain('liste de vos documents');
    expect(await printings(one)).toHaveLength(1);
    const group = await said((await print(one, '?group=GENERAL')).bytes);
    expect(group.text).toContain('Seulement : la vie de l’espace.');
    expect(group.text).not.toContain('bris de glace');
    const none = await said((await print(one, '?until=2022-01-09')).bytes);
    expect(none.text).toContain('Il n’y a aucune ligne à imprimer.');
  });

  test('of more than five hundred lines has the newest, and says how the others are had', async () => {
    const at = (n: number) => new Date(Date.UTC(2022, 0, 1, 0, n)).toISOString();
    const busy = await linked(Array.from({ length: 510 }, (_, n) => ({ at: at(n), lane: 1 })));
    const { sheets, text } = await said((await print(busy)).bytes);
    expect(text).toContain('500 lignes.');
    expect(text).toContain('demandez une impression jusqu’au samedi 1er janvier 2022.');
    expect(text).toContain(`page ${sheets} sur ${sheets}`);
    expect(text.match(/Qui : /g)).toHaveLength(500);
  });

  test('whose acknowledgement is lost stands in it once', async () => {
    const one = await linked([{ at: '2022-01-10T09:00:00.000Z', lane: 1 }]);
    await world.plant({
      ...{ caller: 'journal-papers', action: 'dynamodb:PutItem', kind: 'lost-ack' },
      if: { contains: '"journal/print-history"' },
    });
    expect((await print(one)).status).toBe(200);
    expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
    expect(await printings(one)).toHaveLength(1);
  });

  test('is nobody else’s: no agent’s, no stranger’s, no closed record’s', async () => {
    const path = '/journal/history/paper';
    for (const agent of ['conseiller', 'accueil', 'superviseur'])
      expect((await world.request({ path, token: await world.token(agent) })).status).toBe(403);
    expect((await world.request({ path })).status).toBe(401);
    const closed = await linked([], { status: 'closed' });
    expect((await print(closed)).body).toMatchObject({ code: 'access/record-closed' });
    const open = await linked([]);
    expect((await print(open, '?from=2022-02-30')).status).toBe(400);
  });
});

import { describe, expect, test } from 'vitest';
import { objectionSheet } from '#functions/enrolment/papers/objection-sheet.ts';
import { Opposed } from '#functions/enrolment/schema-opposed.ts';
import { openPdf } from '#test/support/read-pdf.ts';
import { longestSender, sender, wordsOf } from './sheets.ts';

const proof = Opposed.parse({
  ...{ reference: 'abcdefghjkmnpqrstvwxyz0123', receivedAt: '2022-02-10T22:59:59.999Z' },
  ...{ madeAt: '2022-02-10T22:59:59.999Z', channel: 'web', status: 'opposed', about: 'self' },
  seal: 's'.repeat(43),
});

describe('ENR-40: the proof of an objection on paper', () => {
  test('says reference, instant in Paris, way, what it means and how to activate later', async () => {
    const text = await wordsOf(await objectionSheet(proof, sender));
    for (const words of [
      'Preuve de votre opposition',
      'abcd efgh jkmn pqrs tvwx yz01 23',
      'jeudi 10 février 2022 à 23 h 59 min 59 s (heure de Paris)',
      'Sur internet, avec le code provisoire',
      'Vous-même',
      'Votre espace ne sera pas ouvert automatiquement',
      'Vous pourrez activer votre espace plus tard',
      'Service de démonstration, non officiel.',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('Date de votre demande');
    expect(text).not.toContain(proof.seal);
  });

  test.each([
    ['2022-02-10T22:59:59.999Z', 'jeudi 10 février 2022 à 23 h 59'],
    ['2022-02-10T23:00:00.000Z', 'vendredi 11 février 2022 à 0 h 00'],
    ['2022-03-27T00:59:59.000Z', 'dimanche 27 mars 2022 à 1 h 59'],
    ['2022-03-27T01:00:00.000Z', 'dimanche 27 mars 2022 à 3 h 00'],
  ])('what was received at %s was so on %s', async (receivedAt, words) => {
    const text = await wordsOf(await objectionSheet({ ...proof, receivedAt }, sender));
    expect(text).toContain(words);
  });

  test.each([
    ['phone', 'Par téléphone'],
    ['post', 'Par courrier'],
    ['desk', 'Sur place'],
  ] as const)(
    'brought by %s: the day on which it was made stands beside',
    async (channel, words) => {
      const madeAt = '2022-02-08T22:59:59.999Z';
      const text = await wordsOf(await objectionSheet({ ...proof, channel, madeAt }, sender));
      expect(text).toContain('Date de votre demande mardi 8 février 2022');
      expect(text).toContain(words);
    },
  );

  test('ENR-23: for a child, it says so and names nobody', async () => {
    const text = await wordsOf(await objectionSheet({ ...proof, about: 'child' }, sender));
    for (const words of ['pour votre enfant', 'dont vous êtes le représentant légal'])
      expect(text).toContain(words);
  });

  test('is one tagged sheet, also of the longest sender; the same proof is the same bytes', async () => {
    for (const about of ['self', 'child'] as const) {
      const given = {
        ...proof,
        about,
        channel: 'post' as const,
        madeAt: '2022-02-01T12:00:00.000Z',
      };
      expect((await openPdf(await objectionSheet(given, longestSender))).numPages).toBe(1);
    }
    const bytes = await objectionSheet(proof, sender);
    expect(bytes.equals(await objectionSheet(proof, sender))).toBe(true);
    const pdf = await openPdf(bytes);
    const { info, metadata } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: 'Preuve de votre opposition', Language: 'fr-FR' });
    expect(metadata?.get('pdfuaid:part')).toBe('1');
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
    for (const role of ['Document', 'Sect', 'H1', 'H2', 'P', 'L', 'LI', 'Lbl', 'LBody'])
      expect(tree).toContain(`"role":"${role}"`);
  });
});

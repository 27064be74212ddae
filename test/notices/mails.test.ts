import { describe, expect, test } from 'vitest';
import { mailFor } from '#functions/notices/mails/mail-for.ts';
import { NoticeCode } from '#functions/notices/schema.ts';
import { asHtml, asText } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

const person: Person = {
  ...{ nir: '269059900100106', birthName: 'DURAND', usedName: '', givenNames: 'Odette, Marie' },
  ...{ birthDate: '1969-05-12', sex: 'F', addressLine: '1 rue Haute', postcode: '12000' },
  ...{ city: 'Rodez', email: 'odette@exemple.invalid' },
};
type To = Parameters<typeof mailFor>[1];
const mail = (code: NoticeCode, to: Omit<To, 'department'>) =>
  mailFor(code, { department: '12', ...to });
const all = NoticeCode.options.flatMap((code) =>
  (['open', 'activated'] as const).map((status) => ({
    code,
    status,
    letter: mail(code, { person, status }),
  })),
);
const textOf = (code: NoticeCode, status: 'open' | 'activated') =>
  asText(mail(code, { person, status }));

describe('every mail of a notice', () => {
  test.each(all)(
    '$code, $status: names the holder and the service, and nothing else of anybody',
    ({ letter }) => {
      const text = asText(letter);
      expect(text).toContain('Bonjour Odette DURAND,');
      expect(text).toContain('Service de démonstration, non officiel.');
      expect(text).toContain('3422');
      expect(letter.subject).toMatch(/^Mon espace santé : /);
      expect(letter.subject).not.toContain('DURAND');
      for (const said of [text, asHtml(letter)])
        for (const secret of [person.nir, person.birthDate, 'Haute', 'Rodez', 'odette@'])
          expect(said).not.toContain(secret);
    },
  );

  test.each(all)(
    '$code, $status: no link, no code, no word of a document’s content',
    ({ letter }) => {
      const said = asText(letter) + asHtml(letter).replace(/<!doctype[^>]*>|<meta[^>]*>/g, '');
      expect(said).not.toMatch(/https?:|www\.|<a /);
      expect(said).not.toMatch(/\b[0-9A-Z]{4}[ -][0-9A-Z]{4}[ -][0-9A-Z]{4}\b/);
      expect(said).not.toMatch(/ordonnance|analyse|résultat|hospitalis|clinique|laboratoire/i);
    },
  );

  test.each(all)('$code, $status: sentences that are quickly read', ({ letter }) => {
    const sentences = letter.sections
      .flatMap(({ paragraphs }) => paragraphs)
      .flatMap((text) => text.split(/(?<=[.?!:])\s/));
    for (const sentence of sentences)
      expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(32);
  });
});

test('ENR-40: the mail of an objection says the reference of its proof, as the sheet does', () => {
  const to = { person, status: 'opposed', reference: 'abcdefghjkmnpqrstvwxyz0123' } as const;
  const text = asText(mail('OPPOSITION', to));
  expect(text).toContain('Référence : abcd efgh jkmn pqrs tvwx yz01 23.');
});

describe('ENR-2: the mail of an opening', () => {
  const text = textOf('OUVERTURE', 'open');

  test('R1111-28 says that it is open, what that means, how to activate and how to close', () => {
    expect(text).toContain('Votre espace est donc ouvert');
    expect(text).toContain('déposer des documents');
    expect(text).toContain('rubrique « Activer »');
    expect(text).toContain('le numéro de série de votre carte Vitale');
    expect(text).toContain('Vous pouvez le fermer quand vous voulez');
  });

  test('R1111-48 says that access in an emergency can be opposed beforehand', () => {
    expect(text).toContain('Vous avez le droit de vous y opposer dès maintenant');
  });
});

test('AJOUT_DOCUMENT says how to read it: by signing in, or first by activating', () => {
  expect(textOf('AJOUT_DOCUMENT', 'activated')).toContain('Connectez-vous comme d’habitude');
  expect(textOf('AJOUT_DOCUMENT', 'activated')).not.toContain('code provisoire');
  expect(textOf('AJOUT_DOCUMENT', 'open')).toContain('vous ne l’avez pas encore activé');
  expect(textOf('AJOUT_DOCUMENT', 'open')).toContain('rubrique « Activer »');
});

test('REUNION says what to do where the two records are not one person’s', () => {
  expect(textOf('REUNION', 'open')).toContain('Appelez le 3422 : nous séparerons les deux espaces');
});

test('SEPARATION counts what the other person may have seen, or says that nothing was', () => {
  const counts = { readings: 1, lists: 2 };
  const text = asText(mail('SEPARATION', { person, status: 'open', counts }));
  expect(text).toContain('1 consultation d’un document, 2 consultations de la liste');
  expect(textOf('SEPARATION', 'open')).toContain('personne n’a consulté vos documents');
  expect(textOf('SEPARATION', 'open')).not.toContain('emporter');
  // What was taken away is told, whether a document was read or not (ACC-54).
  const taken = asText(mail('SEPARATION', { person, status: 'open', counts: { histories: 2 } }));
  expect(taken).toContain('personne n’a consulté vos documents');
  expect(taken).toContain('emporter votre historique avec le sien, en fichier ou sur papier : 2');
});

test('what a stranger may have done says whom to call', () => {
  const suspicious = [
    ...(['ACTIVATION', 'NOUVEAU_LIEN', 'PREMIERE_CONNEXION'] as const),
    ...(['CLOTURE', 'DEMANDE_SUPPRESSION', 'REOUVERTURE'] as const),
    'CONTESTATION_SUSPENSION' as const,
  ];
  for (const code of suspicious)
    expect(textOf(code, 'activated')).toContain('Appelez tout de suite le 3422');
});

describe('ENR-45: the mails of a suspension', () => {
  // Paris is two hours ahead: the term ends with the 12th of April.
  const closeFrom = '2022-04-12T22:00:00.000Z';
  const text = asText(mail('SUSPENSION', { person, status: 'suspended', closeFrom }));

  test('R1111-36 say how long and where to object, and what comes of it if nobody does', () => {
    expect(text).toContain('jusqu’au mardi 12 avril 2022 inclus');
    expect(text).toContain('« Contester la suspension »');
    expect(text).toContain('Rien n’est effacé');
    expect(text).toContain('votre espace sera fermé');
  });

  test('say that an objection was received: nothing is closed meanwhile, who decides, and that he is told', () => {
    const received = textOf('CONTESTATION_SUSPENSION', 'activated');
    for (const said of [
      ...['bien reçu votre contestation', 'reste suspendu', 'Rien n’est effacé'],
      ...['ne sera pas fermé tant que', 'examine votre situation', 'Nous vous écrirons', '3422'],
    ])
      expect(received).toContain(said);
    // What the mail of the suspension promised.
    expect(text).toContain('examinera alors votre situation');
    expect(text).toContain('ne sera pas fermé avant sa décision');
    const closed = (by: 'decision' | 'term') => {
      const closedAfter = { suspendedAt: '2022-03-01T09:00:00.000Z', by };
      return asText(mail('CLOTURE_SUSPENSION', { person, status: 'closed', closedAfter }));
    };
    expect(closed('decision')).toContain('a examiné votre situation et a décidé de le fermer');
    expect(closed('term')).toContain('n’a pas été contestée dans le délai');
  });

  test('say that all is back, or how to have it back', () => {
    expect(textOf('REPRISE', 'activated')).toContain('avec tous vos documents et vos choix');
    expect(textOf('CLOTURE_SUSPENSION', 'activated')).toContain('« Demander un nouveau code »');
    expect(textOf('CLOTURE_SUSPENSION', 'activated')).toContain('gardé dix ans');
  });
});

describe('ENR-43, ENR-44: the mails of a closure', () => {
  test('R1111-36 say that what it holds is kept ten years, and how to reopen', () => {
    expect(textOf('CLOTURE', 'activated')).toContain('gardé dix ans');
    for (const code of ['CLOTURE', 'DEMANDE_SUPPRESSION'] as const)
      expect(asText(mail(code, { person, status: 'closed', linkTag: 'l' }))).toContain(
        '« Rouvrir mon espace »',
      );
  });

  test('ENR-43 name the day on which a deletion is done', () => {
    const to = { person, deleteFrom: '2022-05-01T22:00:00.000Z' };
    const asked = asText(mail('DEMANDE_SUPPRESSION', { ...to, status: 'deletion-requested' }));
    expect(asked).toContain('à partir du lundi 2 mai 2022');
    const near = asText(mail('RAPPEL_SUPPRESSION', { ...to, status: 'deletion-requested' }));
    expect(near).toContain('à partir du lundi 2 mai 2022');
    expect(near).toContain('demandé de supprimer');
    const late = asText(mail('RAPPEL_SUPPRESSION', { ...to, status: 'closed' }));
    expect(late).toContain('fermé depuis longtemps');
  });

  test('say within which time all is deleted, and how that is cancelled', () => {
    expect(textOf('DEMANDE_SUPPRESSION', 'activated')).toContain('dans les trois mois');
    expect(textOf('DEMANDE_SUPPRESSION', 'activated')).toContain('la demande est annulée');
    expect(textOf('REOUVERTURE', 'activated')).toContain('cette demande est annulée');
  });
});

test('ENR-2: a reminder names the last day on which an objection is in time, where it is counted', () => {
  const near = (department: string, deadlineAt: string) =>
    asText(mailFor('RAPPEL_DELAI', { person, status: 'invited', department, deadlineAt }));
  expect(near('12', '2022-03-21T22:59:59.999Z')).toContain('jusqu’au lundi 21 mars 2022 inclus');
  expect(near('987', '2022-03-22T09:59:59.999Z')).toContain('jusqu’au lundi 21 mars 2022 inclus');
  expect(near('12', '2022-03-21T22:59:59.999Z')).toContain('3422');
});

describe('ENR-42: what an agent took down', () => {
  const agentClosing = {
    ...{ until: '2022-04-19T22:00:00.000Z', deletion: false },
    state: 'waiting' as const,
  };
  const said = (change: object = {}) =>
    asText(
      mail('CLOTURE_A_CONFIRMER', {
        ...{ person, status: 'open', agentClosing: { ...agentClosing, ...change } },
      }),
    );

  test('is told with its last day, and with what would be deleted', () => {
    expect(said()).toContain('au plus tard le mardi 19 avril 2022');
    expect(said()).not.toContain('supprimer');
    expect(said({ deletion: true })).toContain('et supprimer ce qu’il contient');
  });

  test('ENR-44: who never had an account is told to ask for a code, whoever has one to sign in', () => {
    for (const code of ['CLOTURE', 'DEMANDE_SUPPRESSION', 'RAPPEL_SUPPRESSION'] as const) {
      const to = { person, status: 'closed' } as const;
      expect(asText(mail(code, to))).toContain('« Demander un nouveau code »');
      const own = asText(mail(code, { ...to, linkTag: 'l' }));
      expect(own).toContain('« Rouvrir mon espace »');
      const closedAfter = { suspendedAt: '2022-03-01T09:00:00.000Z' };
      const suspended = asText(mail(code, { ...to, linkTag: 'l', closedAfter }));
      expect(suspended).toContain('« Demander un nouveau code »');
    }
  });

  test('what does not come is told as it stands: a closed record is not called an open one', () => {
    const dropped = (status: 'open' | 'closed') => mail('CLOTURE_ABANDONNEE', { person, status });
    expect(dropped('open').subject).toContain('reste ouvert');
    expect(asText(dropped('closed'))).toContain('reste fermé');
    expect(dropped('closed').subject).toContain('ne sera pas supprimé');
  });

  test('what nobody confirmed in time is told: nothing changed, why, and how to go on', () => {
    const lapsed = (change: object = {}) =>
      mail('CLOTURE_NON_CONFIRMEE', {
        ...{ person, status: 'open', agentClosing: { ...agentClosing, state: 'lapsed' } },
        ...change,
      });
    const open = asText(lapsed());
    expect(lapsed().subject).toContain('n’a pas été fermé');
    for (const words of ['ne l’a pas eu à temps', 'reste donc ouvert', '3422', 'écrire', 'guichet'])
      expect(open).toContain(words);
    expect(open).not.toContain('supprimer');
    // Only who has an account is sent to the site.
    expect(open).not.toContain('sur le site');
    expect(asText(lapsed({ status: 'activated', linkTag: 'l' }))).toContain('sur le site');
    const deletion = { agentClosing: { ...agentClosing, deletion: true, state: 'lapsed' } };
    expect(asText(lapsed(deletion))).toContain('et supprimer ce qu’il contient');
    const closed = lapsed({ ...deletion, status: 'closed' });
    expect(closed.subject).toContain('n’a pas été supprimé');
    expect(asText(closed)).toContain('reste fermé');
  });
});

describe('MIN-4: a minor’s own account', () => {
  const guardians = [{ holder: 'g', since: '2022-02-09T09:00:00.000Z' }];
  const said = (change: { about?: string; guardians?: typeof guardians }) =>
    asText(mail('COMPTE_MINEUR', { person, status: 'activated', ...change }));

  test('a guardian who acts keeps his access; who has none yet is told how to get it, and nothing else', () => {
    expect(said({ about: 'Léa', guardians })).toContain('vous gardez accès à l’espace de Léa');
    for (const none of [{}, { guardians: [] }]) {
      const text = said({ about: 'Léa', ...none });
      expect(text).toContain('Vous n’avez pas encore accès à l’espace de Léa');
      expect(text).toContain('demandez un code');
      expect(text).not.toContain('vous gardez');
      expect(text).not.toContain('vous connecter');
    }
  });

  test('the minor reads who has access beside him, or may have', () => {
    expect(said({ guardians })).toContain('vos représentants légaux gardent aussi accès');
    expect(said({})).toContain('vos représentants légaux peuvent aussi y avoir accès');
  });
});

describe('MIN-2: who acts for a child', () => {
  const of = (code: NoticeCode, change: object = {}) =>
    asText(mail(code, { person, status: 'activated', about: 'Kaïs', ...change }));
  const concerned = { isConcerned: true };

  test('an order is told to whom it concerns in other words than to who acts, and without any reason', () => {
    for (const code of ['REPRESENTANT_RETIRE', 'REPRESENTANT_RETABLI'] as const) {
      const [theirs, his] = [of(code), of(code, concerned)];
      expect(theirs).toContain('Une personne');
      expect(his).toContain('Vous ');
      expect(his).not.toContain('Une personne');
      for (const text of [theirs, his]) {
        expect(text).toContain('l’espace de santé de Kaïs');
        expect(text).not.toMatch(/juge|tribunal|jugement|décision|autorité/i);
      }
    }
    expect(of('REPRESENTANT_RETIRE', concerned)).toContain('Vous n’y avez plus accès.');
    expect(of('REPRESENTANT_RETABLI', concerned)).toContain('Vous n’y avez pas encore accès');
  });

  test('an invitation, its answer and who joined are told without a name', () => {
    expect(of('INVITATION_REPRESENTANT')).toContain('a été invitée à agir');
    expect(of('INVITATION_REFUSEE')).toContain('a refusé');
    expect(of('REPRESENTANT_AJOUTE')).toContain('a maintenant accès à l’espace de santé de Kaïs');
    expect(of('REPRESENTANT_AJOUTE', { about: undefined })).toContain('votre espace de santé');
  });

  test('MIN-5 who comes of age before he was told of anything is told that he will be', () => {
    const text = of('RAPPEL_CONSENT_PASSAGE_MAJO', { about: undefined, status: 'known' });
    expect(text).toContain('n’est pas encore ouvert');
  });
});

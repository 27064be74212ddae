import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import { codeLost, howToActivate } from './sections.ts';

/**
 * Tells that a document was added (ACC-50, AJOUT_DOCUMENT), and neither which nor by whom: the name of an
 * establishment may say what somebody is treated for, and a mail lies open on many screens.
 */
export function documentAdded(person: Person, { isActivated }: { isActivated: boolean }): Letter {
  const added = 'Un document a été ajouté dans votre espace par un soignant ou un établissement.';
  const secret =
    'Pour protéger votre vie privée, ce message ne dit pas de quel document il s’agit, ni qui l’a déposé.';
  return {
    subject: 'Mon espace santé : un document a été ajouté',
    greeting: greet(person),
    sections: [
      { paragraphs: [added, secret] },
      ...(isActivated
        ? [
            {
              heading: 'Comment le lire ?',
              paragraphs: [
                'Connectez-vous comme d’habitude sur le site de Mon espace santé, rubrique « Documents ». Vous y verrez aussi qui l’a déposé.',
              ],
            },
          ]
        : [
            {
              heading: 'Comment le lire ?',
              paragraphs: ['Votre espace est ouvert, mais vous ne l’avez pas encore activé.'],
            },
            howToActivate,
            codeLost,
          ]),
      {
        heading: 'Vous ne voulez pas de ce document ?',
        paragraphs: [
          'Dans votre espace, vous pouvez le cacher aux soignants. Vous pouvez aussi demander qu’il soit supprimé, ou fermer votre espace : appelez le 3422.',
        ],
      },
    ],
  };
}

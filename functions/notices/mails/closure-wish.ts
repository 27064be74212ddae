import { frenchDay, parisDay } from '#shared/kernel/calendar.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';

/** Tells both guardians of a child that one of them asked to close its record (MIN-2), so that the other may stop it. */
export function closureWished(person: Person, { closing }: Pick<Standing, 'closing'>): Letter {
  const day = closing && frenchDay(parisDay(Date.parse(closing.until)));
  return {
    subject: 'Mon espace santé : demande de fermeture de l’espace de votre enfant',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          closing?.deletion
            ? 'Un représentant légal a demandé de fermer cet espace, et de supprimer ce qu’il contient.'
            : 'Un représentant légal a demandé de fermer cet espace.',
          `Si personne ne s’y oppose, ce sera fait ${day === undefined ? 'bientôt' : `à partir du ${day}`}.`,
        ],
      },
      {
        heading: 'Vous n’êtes pas d’accord ?',
        paragraphs: [
          'L’autre représentant légal peut arrêter cette demande, ou donner son accord. Qui l’a faite peut la retirer.',
          'Connectez-vous, choisissez le profil de votre enfant, puis la rubrique « Fermer cet espace ».',
        ],
      },
    ],
  };
}

/** Tells both that it was stopped, or taken back. */
export function closureStopped(person: Person): Letter {
  return {
    subject: 'Mon espace santé : l’espace de votre enfant reste ouvert',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'La demande de fermeture de cet espace, ou de suppression, a été arrêtée. Rien n’a changé.',
        ],
      },
    ],
  };
}

import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import { notYou } from './sections.ts';

/** Tells of the first sign-in of an account that was linked to the record. */
export function signedIn(person: Person): Letter {
  return {
    subject: 'Mon espace santé : première connexion à votre espace',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Un compte vient de se connecter à votre espace pour la première fois.',
          'Si c’est vous, vous n’avez rien à faire. La liste de tout ce qui se passe dans votre espace est dans la rubrique « Historique ».',
        ],
      },
      notYou,
    ],
  };
}

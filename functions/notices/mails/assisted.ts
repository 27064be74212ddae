import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import { notYou } from './sections.ts';

/** Tells that the record was read at a counter, with an adviser beside. */
export function assisted(person: Person): Letter {
  return {
    subject: 'Mon espace santé : consultation accompagnée de votre espace',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Votre espace a été ouvert dans un point d’accueil, avec l’aide d’un conseiller.',
          'Il a fallu votre numéro de sécurité sociale, votre carte Vitale et votre code provisoire. Ce code ne peut plus servir.',
          'Ce qui a été consulté est dans la rubrique « Historique ».',
        ],
      },
      notYou,
    ],
  };
}

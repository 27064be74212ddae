import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

/** Tells that a suspension is over and all is as before (ENR-45). */
export function resumed(person: Person): Letter {
  return {
    subject: 'Mon espace santé : votre espace est rétabli',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'La suspension de votre espace est terminée. Vous le retrouvez comme avant, avec tous vos documents et vos choix.',
          'Connectez-vous comme d’habitude sur le site de Mon espace santé. Vous avez une question ? Appelez le 3422.',
        ],
      },
    ],
  };
}

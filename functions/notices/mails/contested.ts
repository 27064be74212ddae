import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

/** Tells that an objection to a suspension was received (ENR-45), and what comes of it, at every address that is known. */
export function contested(person: Person): Letter {
  return {
    subject: 'Mon espace santé : votre contestation est bien reçue',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Nous avons bien reçu votre contestation de la suspension de votre espace.',
          'Votre espace reste suspendu : pour le moment, plus personne ne peut le lire ni y ajouter de document. Rien n’est effacé, et votre espace ne sera pas fermé tant que votre situation n’a pas été examinée.',
        ],
      },
      {
        heading: 'Que se passe-t-il maintenant ?',
        paragraphs: [
          'Une personne responsable du service examine votre situation. C’est elle qui décide : vous retrouvez votre espace comme avant, ou il est fermé.',
          'Nous vous écrirons quand la décision sera prise. D’ici là, vous n’avez rien à faire. Vous avez une question ? Appelez le 3422.',
        ],
      },
      {
        heading: 'Ce n’est pas vous qui avez contesté ?',
        paragraphs: ['Appelez tout de suite le 3422.'],
      },
    ],
  };
}

import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

/** Tells that two records became one (ENR-20): whoever is not the person of both sees it at once. */
export function merged(person: Person): Letter {
  return {
    subject: 'Mon espace santé : vos deux espaces sont réunis',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Votre caisse d’assurance maladie nous a signalé que deux numéros de sécurité sociale sont les vôtres. Les deux espaces ouverts sous ces numéros n’en font plus qu’un : vous y retrouvez tous vos documents.',
          'Vous n’avez rien à faire. Votre historique montre ce qui a été fait dans les deux espaces.',
          'Vous n’avez eu qu’un seul numéro, ou vous voyez des documents qui ne sont pas les vôtres ? Appelez le 3422 : nous séparerons les deux espaces.',
        ],
      },
    ],
  };
}

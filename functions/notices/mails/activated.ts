import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import { howToClose, notYou } from './sections.ts';

/** Tells of the activation, at every address that is known: the one who did it may be a stranger. */
export function activated(person: Person): Letter {
  return {
    subject: 'Mon espace santé : votre espace est activé',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Votre espace vient d’être activé avec votre carte Vitale et votre code provisoire.',
          'Vous pouvez maintenant vous connecter sur le site de Mon espace santé, lire vos documents et choisir qui peut les voir.',
        ],
      },
      notYou,
      howToClose,
    ],
  };
}

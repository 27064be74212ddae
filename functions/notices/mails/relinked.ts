import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import { notYou } from './sections.ts';

/** Tells that another account opens the record from now on, at every address that is known. */
export function relinked(person: Person): Letter {
  return {
    subject: 'Mon espace santé : un nouveau compte ouvre votre espace',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Votre espace a été relié à un nouveau compte de connexion, avec votre carte Vitale et un nouveau code.',
          'L’ancien compte n’ouvre plus votre espace. Vos documents et vos réglages n’ont pas changé.',
          'Si c’est vous, par exemple après un changement de téléphone, vous n’avez rien à faire.',
        ],
      },
      notYou,
    ],
  };
}

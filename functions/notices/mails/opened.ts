import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import { codeLost, howToActivate, howToClose } from './sections.ts';

/**
 * Tells of the opening (ENR-2, R1111-28): what it means, how to activate, how to close, and that access
 * in an emergency can be opposed beforehand (R1111-48).
 */
export function opened(person: Person): Letter {
  return {
    subject: 'Mon espace santé : votre espace est ouvert',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Vous n’avez pas refusé l’ouverture de Mon espace santé dans le délai prévu. Votre espace est donc ouvert. C’est gratuit.',
        ],
      },
      {
        heading: 'Qu’est-ce que cela change ?',
        paragraphs: [
          'Les soignants qui vous suivent peuvent maintenant y déposer des documents pour vous.',
          'Pour les lire, et pour décider qui peut les voir, il vous reste à activer votre espace. Vous n’y êtes pas obligé.',
        ],
      },
      howToActivate,
      codeLost,
      {
        heading: 'Et en cas d’urgence ?',
        paragraphs: [
          'Si votre vie est en danger et que vous ne pouvez pas parler, un médecin du SAMU ou des urgences peut consulter votre espace sans vous demander votre accord.',
          'Vous avez le droit de vous y opposer dès maintenant : au 3422, ou dans les réglages de votre espace une fois activé.',
        ],
      },
      howToClose,
    ],
  };
}

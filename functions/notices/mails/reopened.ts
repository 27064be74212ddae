import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import { howToClose, notYou } from './sections.ts';

/** Tells that a closed record is open again (ENR-44), at every address that is known. */
export function reopened(person: Person): Letter {
  return {
    subject: 'Mon espace santé : votre espace est rouvert',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Votre espace était fermé. Il est de nouveau ouvert, à votre demande.',
          'Vos documents et vos réglages sont comme avant. Si vous aviez demandé la suppression, cette demande est annulée.',
        ],
      },
      notYou,
      howToClose,
    ],
  };
}

import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

/** Tells that a suspended record was closed (ENR-45), and how its holder has it back. */
export function closedAfterSuspension(person: Person): Letter {
  return {
    subject: 'Mon espace santé : votre espace suspendu est maintenant fermé',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Votre espace avait été suspendu. Il est maintenant fermé.',
          'Ce qu’il contient est gardé dix ans, puis supprimé. Vous pouvez demander la suppression avant, au 3422.',
        ],
      },
      {
        heading: 'Vous voulez le retrouver ?',
        paragraphs: [
          'Demandez un nouveau code provisoire sur le site de Mon espace santé, rubrique « Demander un nouveau code », ou au 3422. Avec ce code, vous activez de nouveau votre espace, tel qu’il était.',
        ],
      },
    ],
  };
}

import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';

/** Who contested was promised that somebody decides; who did not, until which day he could. */
const why = {
  decision:
    'Votre espace avait été suspendu. Une personne responsable du service a examiné votre situation et a décidé de le fermer.',
  term: 'Votre espace avait été suspendu, et cette suspension n’a pas été contestée dans le délai. Votre espace est maintenant fermé.',
  unknown: 'Votre espace avait été suspendu. Il est maintenant fermé.',
} as const;

/** Tells that a suspended record was closed (ENR-45), and how its holder has it back. */
export function closedAfterSuspension(
  person: Person,
  { closedAfter }: Pick<Standing, 'closedAfter'>,
): Letter {
  return {
    subject: 'Mon espace santé : votre espace suspendu est maintenant fermé',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          why[closedAfter?.by ?? 'unknown'],
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

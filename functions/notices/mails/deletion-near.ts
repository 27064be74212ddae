import { frenchDay, parisDay } from '#shared/kernel/calendar.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';
import { howToReopen } from './sections.ts';

/** Says some days before that a record is about to be deleted (ENR-43), at every address that is known. */
export function deletionNear(
  person: Person,
  to: Pick<Standing, 'status' | 'deleteFrom' | 'closedAfter' | 'linkTag'>,
): Letter {
  const { status, deleteFrom } = to;
  const day = deleteFrom === undefined ? undefined : frenchDay(parisDay(Date.parse(deleteFrom)));
  const why =
    status === 'closed'
      ? 'Votre espace est fermé depuis longtemps. La loi demande de supprimer alors ce qu’il contient.'
      : 'Vous avez fermé votre espace et demandé de supprimer tout ce qu’il contient.';
  return {
    subject: 'Mon espace santé : votre espace va bientôt être supprimé',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          why,
          `La suppression sera faite ${day === undefined ? 'bientôt' : `à partir du ${day}`}. Après, rien ne pourra être retrouvé.`,
          'Si c’est ce que vous voulez, vous n’avez rien à faire.',
        ],
      },
      howToReopen(to),
    ],
  };
}

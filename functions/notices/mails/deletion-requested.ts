import { frenchDay, parisDay } from '#shared/kernel/calendar.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';
import { howToReopen, notYou } from './sections.ts';

/** Tells of the wish to have all deleted (ENR-43, R1111-36), at every address that is known. */
export function deletionRequested(
  person: Person,
  to: Pick<Standing, 'deleteFrom' | 'closedAfter' | 'linkTag'>,
): Letter {
  const { deleteFrom } = to;
  const when =
    deleteFrom === undefined
      ? 'Elle sera faite dans les trois mois.'
      : `Elle sera faite à partir du ${frenchDay(parisDay(Date.parse(deleteFrom)))}.`;
  return {
    subject: 'Mon espace santé : vous avez demandé la suppression de votre espace',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Votre espace est fermé, et vous avez demandé de supprimer tout ce qu’il contient.',
          `La suppression n’est pas immédiate. ${when} Après, rien ne pourra être retrouvé.`,
          'D’ici là, vous pouvez changer d’avis : rouvrez votre espace, et la demande est annulée.',
        ],
      },
      howToReopen(to),
      notYou,
    ],
  };
}

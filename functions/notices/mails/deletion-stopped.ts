import { frenchDay, parisDay } from '#shared/kernel/calendar.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';

/** Tells that a child's record is not deleted as was asked (MIN-2): neither who asked, nor why it is stopped. */
export function deletionStopped(
  person: Person,
  { deleteFrom }: Pick<Standing, 'deleteFrom'>,
): Letter {
  const until =
    deleteFrom === undefined
      ? 'dix ans'
      : `jusqu’au ${frenchDay(parisDay(Date.parse(deleteFrom)))}`;
  return {
    subject: 'Mon espace santé : l’espace d’un enfant ne sera pas supprimé',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'La suppression de cet espace avait été demandée. Elle n’aura pas lieu.',
          `L’espace reste fermé. Ce qu’il contient est gardé ${until}.`,
          'Vous avez une question, ou ce n’est pas normal ? Appelez le 3422.',
        ],
      },
    ],
  };
}

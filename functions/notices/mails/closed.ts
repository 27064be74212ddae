import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';
import { howToReopen, notYou } from './sections.ts';

/** Tells of the closure (R1111-36), at every address that is known: the one who did it may be a stranger. */
export function closed(person: Person, to: Pick<Standing, 'closedAfter' | 'linkTag'>): Letter {
  return {
    subject: 'Mon espace santé : votre espace est fermé',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Vous avez demandé la fermeture de votre espace. Il est fermé depuis ce moment.',
          'Plus personne ne peut le lire ni y ajouter de document : ni vous, ni les soignants.',
          'Ce qu’il contient est gardé dix ans, puis supprimé. Vous pouvez demander la suppression avant : sur le site, rubrique « Fermer mon espace », ou au 3422.',
        ],
      },
      howToReopen(to),
      notYou,
    ],
  };
}

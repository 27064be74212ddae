import { frenchDay, parisDay } from '#shared/kernel/calendar.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';

/** Tells of a suspension (R1111-36), at every address that is known, and how to object to it. */
export function suspended(person: Person, { closeFrom }: Pick<Standing, 'closeFrom'>): Letter {
  // The last day: it is closed when the day after has begun.
  const until =
    closeFrom === undefined ? undefined : frenchDay(parisDay(Date.parse(closeFrom) - 1));
  return {
    subject: 'Mon espace santé : votre espace est suspendu',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Nous avons suspendu votre espace pour le protéger : nous avons constaté une utilisation anormale ou un problème grave.',
          'Pour le moment, plus personne ne peut le lire ni y ajouter de document : ni vous, ni les soignants. Rien n’est effacé.',
        ],
      },
      {
        heading: 'Vous n’êtes pas d’accord ?',
        paragraphs: [
          `Vous pouvez contester ${until === undefined ? 'dans les six semaines' : `jusqu’au ${until} inclus`} : connectez-vous sur le site de Mon espace santé, puis choisissez « Contester la suspension ». Une personne examinera alors votre situation, et votre espace ne sera pas fermé avant sa décision.`,
          'Si vous ne contestez pas jusqu’à cette date, votre espace sera fermé le lendemain. Ce qu’il contient sera gardé dix ans.',
          'Le 3422 peut vous aider.',
        ],
      },
    ],
  };
}

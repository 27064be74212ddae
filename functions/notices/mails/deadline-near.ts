import { dayOfDeadline, frenchDay } from '#shared/kernel/calendar.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';
import { codeLost } from './sections.ts';

/** Reminds who is silent that his deadline ends soon (ENR-2): his right to object is not to pass unnoticed. */
export function deadlineNear(person: Person, { deadlineAt }: Pick<Standing, 'deadlineAt'>): Letter {
  const day =
    deadlineAt === undefined ? undefined : frenchDay(dayOfDeadline(Date.parse(deadlineAt)));
  const until = day === undefined ? 'encore quelques jours' : `jusqu’au ${day} inclus`;
  return {
    subject: 'Mon espace santé : votre délai se termine bientôt',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          `Nous vous avons écrit : un espace de santé va être ouvert à votre nom. Vous avez le droit de refuser ${until}.`,
          'Si vous êtes d’accord, vous n’avez rien à faire. Votre espace sera ouvert après ce jour. C’est gratuit.',
        ],
      },
      {
        heading: 'Vous ne voulez pas de cet espace ?',
        paragraphs: [
          'Dites-le sur le site de Mon espace santé, ou par téléphone au 3422. Préparez :',
        ],
        points: [
          'votre numéro de sécurité sociale (15 chiffres) ;',
          'le numéro de série de votre carte Vitale ;',
          'votre code provisoire : il est dans notre premier message.',
        ],
      },
      codeLost,
      {
        paragraphs: [
          'Après ce jour, vous pourrez encore changer d’avis : un espace ouvert peut être fermé quand vous voulez.',
        ],
      },
    ],
  };
}

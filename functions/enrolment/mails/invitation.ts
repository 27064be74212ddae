import { type Day, frenchDay } from '#shared/kernel/calendar.ts';
import { formatCode } from '#shared/kernel/code.ts';
import { greet, type Letter, type Section } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

/** How to object, the same words in every mail that carries a code. */
export function howToObject(code: string, until: Day): Section {
  return {
    heading: 'Vous ne voulez pas de cet espace ?',
    paragraphs: [
      `Vous avez le droit de refuser. Vous pouvez le faire jusqu’au ${frenchDay(until)} inclus, sur le site de Mon espace santé, rubrique « Refuser mon espace », ou par téléphone au 3422. Préparez :`,
    ],
    points: [
      'votre numéro de sécurité sociale (15 chiffres) ;',
      'le numéro de série de votre carte Vitale ;',
      'votre code provisoire, que voici :',
    ],
    code: formatCode(code),
  };
}

/** The invitation (R1111-28, ENR-1, ENR-3): what opens, until when one may object and how, how to close later. */
export function invitation(to: { person: Person; code: string; until: Day }): Letter {
  const { person, code, until } = to;
  return {
    subject: 'Mon espace santé : votre espace va être ouvert, ce que vous devez savoir',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'L’Assurance Maladie va ouvrir pour vous un espace numérique sur internet : Mon espace santé. C’est gratuit.',
          `Si vous êtes d’accord, vous n’avez rien à faire : il sera ouvert après le ${frenchDay(until)}.`,
        ],
      },
      {
        heading: 'À quoi sert cet espace ?',
        paragraphs: ['Il rassemble au même endroit :'],
        points: [
          'votre dossier médical partagé : ordonnances, résultats d’examens, comptes rendus ;',
          'une messagerie pour échanger avec vos soignants ;',
          'un agenda pour vos rendez-vous de santé ;',
          'des services de santé reconnus par l’État.',
        ],
      },
      {
        paragraphs: [
          'Vous décidez qui peut voir vos documents. Les soignants qui vous suivent peuvent y déposer des documents pour vous.',
        ],
      },
      {
        heading: 'Vous voulez l’utiliser dès maintenant ?',
        paragraphs: [
          'Vous pouvez activer votre espace sans attendre, sur le site de Mon espace santé, rubrique « Activer », avec le code provisoire ci-dessous, votre numéro de sécurité sociale et votre carte Vitale.',
        ],
      },
      howToObject(code, until),
      {
        heading: 'Et si vous changez d’avis ?',
        paragraphs: [
          'Rien n’est définitif. Une fois l’espace ouvert, vous pouvez le fermer quand vous voulez, sur le site ou au 3422. Si vous l’avez refusé, vous pourrez l’activer plus tard.',
        ],
      },
    ],
  };
}

import type { Sender } from '#shared/paper/sender.ts';
import { type ChildNamed, toPrepare } from '../mails/for-child.ts';
import { howLong } from '../rules/how-long.ts';
import type { Words } from './words.ts';

/** The information about a child before its opening, to the guardian it is attached to (R1111-28, ENR-4, MIN-1). */
export function childInvitation(
  child: ChildNamed,
  about: {
    readonly sender: Sender;
    readonly days: number;
    /** What leads to the code. */
    readonly here?: string | undefined;
    readonly help: Words['sections'][number];
  },
): Words {
  const { sender, days, help, here = 'Voici le code provisoire de votre enfant :' } = about;
  const weeks = howLong(days);
  const site = new URL(sender.site).host;
  return {
    title: 'Mon espace santé va être ouvert pour votre enfant',
    opening: [
      `L’Assurance Maladie va ouvrir pour votre enfant ${child.name} un espace sur internet, gratuit : Mon espace santé. Il réunit son dossier médical partagé. Vous l’utiliserez depuis votre propre espace, jusqu’à ses 18 ans.`,
      `Si vous êtes d’accord, vous n’avez rien à faire : il sera ouvert ${weeks} après l’envoi de ce courrier. ${here}`,
    ],
    sections: [
      {
        heading: 'Vous ne voulez pas de cet espace ?',
        paragraph: `Vous avez le droit de refuser, dans les ${weeks} suivant l’envoi de ce courrier, sur ${site}, rubrique « Refuser l’espace de mon enfant », au ${sender.phone}, ou par courrier signé : ${sender.address.join(', ')}. Préparez ce code et :`,
        points: ended(toPrepare(child)),
      },
      {
        heading: 'Vous voulez l’utiliser dès maintenant ?',
        paragraph:
          'Activez d’abord votre espace, puis, une fois connecté, celui de votre enfant, avec ce code.',
      },
      {
        heading: 'Vous n’êtes pas son représentant légal ?',
        paragraph: `Dites-le sur le site ou au ${sender.phone} : son espace ne sera pas ouvert automatiquement.`,
      },
      help,
    ],
  };
}

/** Nothing follows the last point of a letter's list. */
const ended = (points: readonly string[]): string[] =>
  points.map((point, at) => (at === points.length - 1 ? point.replace(/ ;$/, '.') : point));

/** A code that was asked for, as it reads to the guardian of the child that it is about. */
export function wordsForChild(words: Words, child: ChildNamed): Words {
  return {
    ...words,
    title: 'Un nouveau code provisoire pour votre enfant',
    opening: [
      `Ce courrier concerne l’espace de santé de votre enfant ${child.name} : le code et l’espace dont il parle sont les siens.`,
      ...words.opening,
    ],
  };
}

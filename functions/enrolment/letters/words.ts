import type { Sender } from '#shared/paper/sender.ts';
import type { ChildNamed } from '../mails/for-child.ts';
import { howLong } from '../rules/how-long.ts';
import type { LetterKind } from '../rules/letter-due.ts';
import { childInvitation, wordsForChild } from './child-words.ts';

/** The words of a letter, in the order of its reading. */
export interface Words {
  readonly title: string;
  readonly opening: readonly string[];
  readonly sections: readonly {
    readonly heading: string;
    readonly paragraph: string;
    readonly points?: readonly string[];
  }[];
}

const keepSecret = 'Ne donnez jamais ce code à une personne qui vous appelle ou vous écrit.';

const activate = {
  heading: 'Vous voulez l’utiliser dès maintenant ?',
  paragraph:
    'Activez votre espace sur le site, rubrique « Activer ». Préparez votre numéro de sécurité sociale, votre carte Vitale et le code ci-dessus.',
};

const help = (sender: Sender) => ({
  heading: 'Besoin d’aide ?',
  paragraph: `Appelez le ${sender.phone}, du lundi au vendredi, de 8 h 30 à 17 h 30, ou allez dans un espace France Services : on vous aide sur place. ${keepSecret}`,
});

/**
 * The information before an opening (R1111-28, ENR-1, ENR-3). It names no day: the weeks run from the
 * posting, which is not known when it is printed.
 */
function invitation(sender: Sender, days: number, here = 'Voici votre code provisoire :'): Words {
  const weeks = howLong(days);
  return {
    title: 'Mon espace santé va être ouvert pour vous',
    opening: [
      'L’Assurance Maladie va ouvrir pour vous un espace sur internet, gratuit : Mon espace santé. Il réunit votre dossier médical partagé, une messagerie avec vos soignants, un agenda et des services de santé. Vous décidez qui peut voir vos documents.',
      `Si vous êtes d’accord, vous n’avez rien à faire : votre espace sera ouvert ${weeks} après l’envoi de ce courrier. ${here}`,
    ],
    sections: [
      {
        heading: 'Vous ne voulez pas de cet espace ?',
        paragraph: `Vous avez le droit de refuser, dans les ${weeks} suivant l’envoi de ce courrier :`,
        points: [
          `sur internet : ${shown(sender)}, rubrique « Refuser mon espace », avec ce code, votre numéro de sécurité sociale et votre carte Vitale ;`,
          `par téléphone : au ${sender.phone} ;`,
          `par courrier signé, avec votre nom et votre date de naissance : ${sender.address.join(', ')}.`,
        ],
      },
      activate,
      {
        heading: 'Et si vous changez d’avis ?',
        paragraph:
          'Rien n’est définitif. Vous pourrez fermer votre espace quand vous voulez. Si vous l’avez refusé, vous pourrez l’activer plus tard.',
      },
      help(sender),
    ],
  };
}

const notAsked = 'Vous n’avez rien demandé ?';
const protectedAllTheSame = ({ phone }: Sender): string =>
  `Vos informations restent protégées : ce code ne suffit pas à lui seul. Dites-le au ${phone}.`;

/** The code that was asked for (ENR-12), where no deadline begins with it. */
function code(sender: Sender, days: number): Words {
  return {
    title: 'Votre nouveau code provisoire',
    opening: [
      'Vous avez demandé un nouveau code provisoire pour Mon espace santé. Il remplace l’ancien, qui ne marche plus. Le voici :',
    ],
    sections: [
      {
        heading: 'À quoi sert ce code ?',
        paragraph: `Il est valable dans les ${howLong(days)} suivant l’envoi de ce courrier. Avec lui, votre numéro de sécurité sociale et votre carte Vitale, vous pouvez, sur ${shown(sender)} :`,
        points: [
          'activer votre espace, ou le relier à un autre compte ;',
          'refuser son ouverture, si la date limite que nous vous avons donnée n’est pas passée : elle ne change pas.',
        ],
      },
      { heading: notAsked, paragraph: protectedAllTheSame(sender) },
      help(sender),
    ],
  };
}

const blocked = 'Un code faux a été donné dix fois : par sécurité, l’ancien code est bloqué.';

/**
 * What a letter with a code says otherwise when ten wrong ones had the one before blocked (ENR-14): nobody asked for it.
 */
function codeAfterBurning(sender: Sender, days: number): Words {
  const { sections, ...words } = code(sender, days);
  const notMine = {
    heading: 'Ces essais ne viennent pas de vous ?',
    paragraph: protectedAllTheSame(sender),
  };
  return {
    ...words,
    opening: [`${blocked} Voici un nouveau code provisoire :`],
    sections: sections.map((one) => (one.heading === notAsked ? notMine : one)),
  };
}

interface About {
  readonly sender: Sender;
  readonly days: number;
  readonly child?: ChildNamed | undefined;
  readonly afterBurning?: true | undefined;
}

/** The words of a letter; `days` are those of the time for an objection, `child` whom it is about where not its reader. */
export function wordsOf(kind: LetterKind, about: About): Words {
  const { sender, days, child } = about;
  if (kind === 'code') {
    const words = about.afterBurning ? codeAfterBurning(sender, days) : code(sender, days);
    return child ? wordsForChild(words, child) : words;
  }
  // Whose opening is not decided has all his time again.
  const here = about.afterBurning
    ? `${blocked} Voici le nouveau, et le délai repart de zéro :`
    : undefined;
  return child
    ? childInvitation(child, { sender, days, here, help: help(sender) })
    : invitation(sender, days, here);
}

/** A site as people type it. */
const shown = ({ site }: Sender): string => new URL(site).host;

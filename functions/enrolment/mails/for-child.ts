import { type Day, frenchDay } from '#shared/kernel/calendar.ts';
import { formatCode } from '#shared/kernel/code.ts';
import { ofName } from '#shared/kernel/of-name.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

/** A child as a letter to its guardian names it: by the first name and nothing else. */
export interface ChildNamed {
  readonly name: string;
  /** Which of several who were born on one day. */
  readonly rank: number | undefined;
}

/** Characters of a child's first name as a letter shows it. */
export const longestName = 30;

/** What a guardian needs to be recognised for a child (ENR-22). */
export const toPrepare = ({ name, rank }: ChildNamed): string[] => [
  'votre numéro de sécurité sociale, à vous (15 chiffres) ;',
  'le numéro de série de la carte Vitale sur laquelle l’enfant est inscrit ;',
  rank === undefined
    ? `la date de naissance ${ofName(name)} ;`
    : `la date de naissance ${ofName(name)}, et son numéro parmi les enfants nés ce jour-là : ${rank} ;`,
];

/** The invitation for a child, to the guardian to whom the insurance body attaches it (R1111-28, ENR-4, MIN-1). */
export function childInvitation(to: {
  readonly person: Person;
  readonly child: ChildNamed;
  readonly code: string;
  readonly until: Day;
}): Letter {
  const { person, child, code, until } = to;
  const { name } = child;
  const day = frenchDay(until);
  return {
    subject: 'Mon espace santé : un espace va être ouvert pour votre enfant',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          `L’Assurance Maladie va ouvrir pour votre enfant ${name} un espace numérique sur internet : Mon espace santé. C’est gratuit. Vous recevez ce message parce que ${name} figure sur votre dossier.`,
          `Si vous êtes d’accord, vous n’avez rien à faire : il sera ouvert après le ${day}.`,
        ],
      },
      {
        heading: 'À quoi sert cet espace ?',
        paragraphs: [
          `Il rassemble le dossier médical ${ofName(name)} : ordonnances, résultats d’examens, vaccins, comptes rendus. Vous l’utilisez depuis votre propre espace, jusqu’à ses 18 ans.`,
        ],
      },
      {
        heading: 'Vous voulez l’utiliser dès maintenant ?',
        paragraphs: [
          'Activez d’abord votre espace à vous, puis, une fois connecté, celui de votre enfant, avec le code ci-dessous. Il vous sera demandé de certifier que vous êtes son représentant légal.',
        ],
      },
      {
        heading: 'Vous ne voulez pas de cet espace ?',
        paragraphs: [
          `Vous avez le droit de refuser pour votre enfant, jusqu’au ${day} inclus, sur le site de Mon espace santé, rubrique « Refuser l’espace de mon enfant », ou par téléphone au 3422. Préparez :`,
        ],
        points: [...toPrepare(child), `le code provisoire ${ofName(name)}, que voici :`],
        code: formatCode(code),
      },
      {
        heading: 'Vous n’êtes pas le représentant légal de cet enfant ?',
        paragraphs: [
          'Dites-le sur le site, rubrique « Refuser l’espace de mon enfant », ou au 3422 : son espace ne sera pas ouvert automatiquement.',
        ],
      },
      {
        heading: 'Et si vous changez d’avis ?',
        paragraphs: [
          'Rien n’est définitif. Si vous avez refusé, vous pourrez activer l’espace de votre enfant plus tard.',
        ],
      },
    ],
  };
}

/** Any other mail, as it reads to the guardian of the child that it is about; as it is where it is about nobody's child. */
export function forChild(letter: Letter, child: ChildNamed | undefined): Letter {
  if (!child) return letter;
  const { name } = child;
  return {
    ...letter,
    sections: [
      {
        paragraphs: [
          `Ce message concerne l’espace de santé de votre enfant ${name}. Quand il dit « votre espace » ou « votre code », c’est de celui ${ofName(name)} qu’il s’agit. Pour toute démarche, préparez :`,
        ],
        points: toPrepare(child).map((point) => point.replace(/ ;$/, '')),
      },
      ...letter.sections,
    ],
  };
}

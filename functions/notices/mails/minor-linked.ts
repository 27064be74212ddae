import { ofName } from '#shared/kernel/of-name.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';
import { notYou } from './sections.ts';

interface To extends Pick<Standing, 'guardians'> {
  readonly person: Person;
}

/** Whether a guardian acts in the record: of one that opened by itself the child may be the first who has an account. */
const hasGuardian = ({ guardians = [] }: To): boolean => guardians.length > 0;

/** To a guardian: the child opens the record with an account of his own from now on (MIN-4). */
export function minorLinkedForGuardian(to: To, child: string): Letter {
  const yours = hasGuardian(to)
    ? [
        `Rien ne change pour vous : jusqu’à ses 18 ans, vous gardez accès à l’espace ${ofName(child)}, et c’est vous qui décidez de le fermer.`,
      ]
    : [
        `Vous n’avez pas encore accès à l’espace ${ofName(child)}. Vous pouvez le rejoindre jusqu’à ses 18 ans, avec votre propre compte : demandez un code sur le site, ou au 3422.`,
        'Vous pourrez alors lire ses documents, et c’est vous qui déciderez de fermer cet espace.',
      ];
  return {
    subject: 'Mon espace santé : votre enfant a maintenant son propre compte',
    greeting: greet(to.person),
    sections: [
      {
        paragraphs: [
          `Votre enfant ${child} peut maintenant ouvrir son espace de santé avec son propre compte, grâce à sa carte Vitale et à un code.`,
          ...yours,
          `Si ${child} n’a rien demandé, appelez le 3422.`,
        ],
      },
    ],
  };
}

/** To the young person himself, at every address that is known. */
export function minorLinked(to: To): Letter {
  const theirs = hasGuardian(to)
    ? 'Jusqu’à vos 18 ans, vos représentants légaux gardent aussi accès à votre espace. Nous les avons prévenus.'
    : 'Jusqu’à vos 18 ans, vos représentants légaux peuvent aussi y avoir accès. Nous les avons prévenus.';
  return {
    subject: 'Mon espace santé : votre compte ouvre votre espace',
    greeting: greet(to.person),
    sections: [
      {
        paragraphs: [
          'Votre espace a été relié à votre propre compte, avec votre carte Vitale et votre code.',
          theirs,
        ],
      },
      notYou,
    ],
  };
}

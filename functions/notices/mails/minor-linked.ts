import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import { notYou } from './sections.ts';

/** To a guardian: the child opens the record with an account of his own from now on (MIN-4). */
export function minorLinkedForGuardian(person: Person, child: string): Letter {
  return {
    subject: 'Mon espace santé : votre enfant a maintenant son propre compte',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          `Votre enfant ${child} peut maintenant ouvrir son espace de santé avec son propre compte, grâce à sa carte Vitale et à un code.`,
          `Rien ne change pour vous : jusqu’à ses 18 ans, vous gardez accès à l’espace de ${child}, et c’est vous qui décidez de le fermer.`,
          `Si ${child} n’a rien demandé, appelez le 3422.`,
        ],
      },
    ],
  };
}

/** To the young person himself, at every address that is known. */
export function minorLinked(person: Person): Letter {
  return {
    subject: 'Mon espace santé : votre compte ouvre votre espace',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Votre espace a été relié à votre propre compte, avec votre carte Vitale et votre code.',
          'Jusqu’à vos 18 ans, vos représentants légaux gardent aussi accès à votre espace. Nous les avons prévenus.',
        ],
      },
      notYou,
    ],
  };
}
